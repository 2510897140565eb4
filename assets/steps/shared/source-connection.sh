#!/bin/bash
# How a step reaches the source: over the local socket (managed), or over the network with a password from a secret.
set -Eeuo pipefail

readonly SOURCE_APPLICATION=timescale-cutover/$RUN_ID
readonly SOURCE_SECRETS=/run/timescale-cutover/$RUN_ID

# on_source COMMAND...: a libpq program as the operating system's postgres, connected to the source's database.
# It only reads, unless a step says otherwise.
on_source() {
  local connection=(
    HOME=/var/lib/postgresql
    PGHOST="$SOURCE_HOST" PGPORT="$SOURCE_PORT" PGUSER="$SOURCE_USER" PGDATABASE="$DATABASE"
    PGAPPNAME="$SOURCE_APPLICATION" PGCONNECT_TIMEOUT=15 PGCLIENTENCODING="$(client_encoding)"
    PGOPTIONS="$SESSION_SETTINGS -c lock_timeout=30s -c default_transaction_read_only=on ${SOURCE_SESSION_OPTIONS:-}"
  )
  if [ "$SOURCE_KIND" = network ]; then
    connection+=(PGSSLMODE="$SOURCE_TLS" PGSSLROOTCERT="$SOURCE_ROOT_CERTIFICATE" PGPASSFILE="$SOURCE_SECRETS/pgpass")
  fi
  runuser -u postgres -- env "${connection[@]}" "$@"
}

source_psql() {
  on_source psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 "$@"
}

# A session with the settings that an application's begins with.
plain_source_psql() {
  on_source env PGOPTIONS='-c role=none' psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 "$@"
}

# beside_source: SQL from standard input, in another database of the source's server (database names the source's).
beside_source() {
  on_source env PGDATABASE=postgres psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --set=database="$DATABASE" --file=-
}

# The password goes from Secrets Manager into a file of mode 0600 in memory (/run), and nowhere else.
fetch_source_password() {
  [ "$SOURCE_KIND" = network ] || return 0
  install -d -m 0711 /run/timescale-cutover "$SOURCE_SECRETS"
  attempt secret-unreadable "The secret $SOURCE_PASSWORD_SECRET (source.passwordSecret) cannot be read" \
    "Check that it exists in this region and that this host's role may call secretsmanager:GetSecretValue on it." \
    aws secretsmanager get-secret-value --secret-id "$SOURCE_PASSWORD_SECRET" --query SecretString --output text \
    >"$SOURCE_SECRETS/secret"
  # A secret is the password itself or, as RDS keeps it, an object with the key password. A pgpass line escapes : and \.
  jq --raw-output --raw-input --slurp 'rtrimstr("\n") as $text | (try ($text | fromjson) catch $text) | if type == "object" then .password // "" else $text end' \
    "$SOURCE_SECRETS/secret" | sed 's/[\\:]/\\&/g; s/^/*:*:*:*:/' >"$SOURCE_SECRETS/pgpass"
  rm "$SOURCE_SECRETS/secret"
  chown postgres:postgres "$SOURCE_SECRETS/pgpass"
  if grep -qxF '*:*:*:*:' "$SOURCE_SECRETS/pgpass"; then
    fail secret-without-password "The secret $SOURCE_PASSWORD_SECRET holds no password." \
      "Store the password itself, or a JSON object with the key \"password\"."
  fi
}
# In a step of checks that is a part of one of them: source-connection.
[ -n "${CHECKS-}" ] || fetch_source_password
