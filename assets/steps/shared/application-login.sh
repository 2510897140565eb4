#!/bin/bash
# How the smoke test reaches the target: as the application does, over the network with TLS and the secret's credentials.
set -Eeuo pipefail

# Trusted is what the boot has published for the clients.
trust_server() {
  attempt smoke-connect "The server's certificate cannot be read from the SSM parameter $CERTIFICATE_PARAMETER" "Start timescale-cutover-boot on the target: it publishes it." \
    aws ssm get-parameter --name "$CERTIFICATE_PARAMETER" --query Parameter.Value --output text >"$SECRET_FOLDER/server.crt"
  # Only the target's own address and names stand in it: of another name nothing but the certificate itself can be proved.
  # Where one of the two does not match, openssl ends with an error, which is no failure of the step.
  case $(openssl x509 -in "$SECRET_FOLDER/server.crt" -noout -checkip "$TARGET_APPLICATION_HOST" -checkhost "$TARGET_APPLICATION_HOST" 2>&1 || :) in
    *'does match'*) TLS_MODE=verify-full ;;
    *) TLS_MODE=verify-ca ;;
  esac
}

# psql runs as postgres, which may read these three and not the secret.
lend_credentials() {
  chown root:postgres "$SECRET_FOLDER"
  chmod 0710 "$SECRET_FOLDER"
  # A pgpass line escapes : and \.
  jq --raw-output '.password | tostring' "$SECRET_FOLDER/current.json" | sed 's/[\\:]/\\&/g; s/^/*:*:*:*:/' >"$SECRET_FOLDER/pgpass"
  chown postgres:postgres "$SECRET_FOLDER/pgpass" "$SECRET_FOLDER/server.crt"
}

# as_role FILE...: the files' SQL as the application would send it.
as_role() {
  cat "$@" | runuser -u postgres -- env HOME=/var/lib/postgresql PGHOST="$TARGET_APPLICATION_HOST" PGPORT="$TARGET_APPLICATION_PORT" \
    PGUSER="$APPLICATION_ROLE" PGDATABASE="$DATABASE" PGPASSFILE="$SECRET_FOLDER/pgpass" PGSSLMODE="$TLS_MODE" \
    PGSSLROOTCERT="$SECRET_FOLDER/server.crt" PGAPPNAME="timescale-cutover/$RUN_ID" PGCONNECT_TIMEOUT=15 PGOPTIONS="$ROLE_OPTIONS" \
    "${ROLE_PSQL[@]}" --set=marker="$MARKER" --file=-
}

# rows_of NAME: how many rows the application's statement gives.
rows_of() {
  as_role "$SQL/smoke/silence.sql" "$FILES/${1%Again}.sql" "$SQL/smoke/row-count.sql"
}

# Sets TLS_VERSION, or ends the step.
log_in() {
  trust_server
  lend_credentials
  attempt smoke-connect "$APPLICATION_ROLE cannot connect to the target at $TARGET_APPLICATION_PLACE with the secret's credentials ($TLS_MODE)" \
    "Compare the role's password on the target with the secret's, and look at pg_hba.conf and the server's log there." \
    as_role "$SQL/smoke/connection.sql" >"$SECRET_FOLDER/tls"
  TLS_VERSION=$(cat "$SECRET_FOLDER/tls")
}

connect() {
  read_secret
  check_secret
  [ "$(secret_truth)" = target ] || fail smoke-connect "The secret $APPLICATION_SECRET points at $(secret_place), not at the target." "The target is tested after the switch."
  log_in
}
