#!/bin/bash
# One cluster, 16/main, on the data volume: made when the volume has none, taken over as it is when it has one. Its
# configuration is written once; a person's later changes to it stay.
set -Eeuo pipefail

readonly DATA_DIRECTORY=$DATA_MOUNT/$MAJOR/main
readonly CONFIGURATION=/etc/postgresql/$MAJOR/main
readonly TLS=$DATA_MOUNT/tls
readonly CLUSTER_UNIT=postgresql@$MAJOR-main

# initdb works beside the place: a data directory is there whole or not at all.
make_data_directory() {
  install -d -o postgres -g postgres "$DATA_MOUNT/$MAJOR"
  rm -rf --one-file-system "$DATA_DIRECTORY.unfinished"
  attempt cluster-not-made "The cluster $MAJOR/main could not be made" 'Read journalctl -u timescale-cutover-boot, mend the cause, and start that unit again.' \
    as_postgres initdb --pgdata="$DATA_DIRECTORY.unfinished" --encoding=UTF8 --locale=C.UTF-8 --data-checksums \
    --auth-local=peer --auth-host=scram-sha-256 --no-instructions >/dev/null
  rm "$DATA_DIRECTORY.unfinished"/{postgresql,pg_hba,pg_ident}.conf
  sync
  mv "$DATA_DIRECTORY.unfinished" "$DATA_DIRECTORY"
}

# Another instance's postgres may have had another number. A change that was cut short is finished.
own_files() {
  local place
  for place in "$DATA_MOUNT/$MAJOR" "$TLS" "$DATA_MOUNT/.ssh"; do
    if [ -n "$(find "$place" ! -user postgres -print -quit 2>/dev/null)" ]; then
      say "giving $place to this host's postgres"
      chown -hR postgres:postgres "$place"
    fi
  done
}

# The certificate lies on the volume, so that clients that pin it go on trusting a replaced instance.
make_certificate() {
  rm -rf "$TLS.unfinished"
  install -d -m 0700 -o postgres -g postgres "$TLS.unfinished"
  attempt certificate-not-made 'No certificate could be made for the server' 'Read journalctl -u timescale-cutover-boot.' \
    as_postgres openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 3650 -subj "/CN=$PRIVATE_ADDRESS" \
    -addext "subjectAltName=IP:$PRIVATE_ADDRESS,DNS:$(hostname),DNS:$(hostname --fqdn || hostname)" \
    -keyout "$TLS.unfinished/server.key" -out "$TLS.unfinished/server.crt"
  mv "$TLS.unfinished" "$TLS"
}

write_configuration() {
  local new=$CONFIGURATION.unfinished
  rm -rf "$new"
  install -d -o postgres -g postgres "$(dirname "$CONFIGURATION")" "$new" "$new/conf.d"
  install -m 0644 -o postgres -g postgres "$FILES/postgresql.conf" "$new/postgresql.conf"
  install -m 0640 -o postgres -g postgres "$FILES/pg_hba.conf" "$new/pg_hba.conf"
  install -m 0640 -o postgres -g postgres /dev/null "$new/pg_ident.conf"
  install -m 0644 -o postgres -g postgres /dev/null "$new/environment"
  echo auto >"$new/start.conf"
  echo "pg_ctl_options = ''" >"$new/pg_ctl.conf"
  chown postgres:postgres "$new"/{start,pg_ctl}.conf
  mv "$new" "$CONFIGURATION"
  systemctl daemon-reload
}

# The cluster lies below it: the root itself stays root's, so that nobody else says what a name there means.
chown root:root "$DATA_MOUNT"
for other in "$DATA_MOUNT"/[0-9]*/main/PG_VERSION; do
  [ ! -e "$other" ] || [ "$other" = "$DATA_DIRECTORY/PG_VERSION" ] || say "the volume also holds ${other%/PG_VERSION}: left alone"
done
[ -e "$DATA_DIRECTORY/PG_VERSION" ] || make_data_directory
own_files
[ -e "$TLS/server.crt" ] || make_certificate
[ -e "$CONFIGURATION/postgresql.conf" ] || write_configuration
systemctl is-enabled --quiet postgresql || systemctl enable --quiet postgresql
attempt cluster-not-started "The cluster $MAJOR/main did not start" "Read /var/log/postgresql/postgresql-$MAJOR-main.log, mend the cause, and start timescale-cutover-boot again." \
  systemctl start "$CLUSTER_UNIT"
attempt parameter-not-published "The server's certificate could not be put into the SSM parameter $CERTIFICATE_PARAMETER" \
  "Give the instance's role ssm:GetParameter and ssm:PutParameter on it, then start timescale-cutover-boot again." \
  publish "$CERTIFICATE_PARAMETER" "$(cat "$TLS/server.crt")"
