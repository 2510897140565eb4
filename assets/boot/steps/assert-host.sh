#!/bin/bash
# The last word on what is really there: what the server itself says, the file systems and the commands, not what was
# asked for. Any other answer than the expected one ends the boot as failed.
set -Eeuo pipefail

readonly AGENT_LEAST=3.3.2746.0

# require CODE WHAT EXPECTED ACTUAL
require() {
  [ "$3" = "$4" ] || fail "$1" "$2 is '$4'; '$3' is wanted." \
    'Correct it on this host (or the environment, for a new instance), then run: systemctl restart timescale-cutover-boot.'
}

# at_least LEAST VERSION
at_least() {
  [ -n "$2" ] && [ "$(printf '%s\n' "$1" "$2" | sort -V | sed -n 1p)" = "$1" ]
}

# The agent of Ubuntu's images is a snap, which is installed while the first boot goes on.
agent_runs() {
  systemctl is-active --quiet amazon-ssm-agent || systemctl is-active --quiet snap.amazon-ssm-agent.amazon-ssm-agent
}

assert_agent() {
  local end=$((SECONDS + 300)) agent
  until agent_runs; do
    [ "$SECONDS" -lt "$end" ] || fail agent-not-running 'The SSM agent does not run: no step of the runbook could reach this host.' \
      'Install or start amazon-ssm-agent, then run: systemctl restart timescale-cutover-boot.'
    sleep 2
  done
  agent=$(command -v amazon-ssm-agent || echo /snap/amazon-ssm-agent/current/amazon-ssm-agent)
  AGENT_VERSION=$("$agent" -version 2>&1 | grep -oE '[0-9]+(\.[0-9]+){3}' | sed -n 1p || :)
  at_least "$AGENT_LEAST" "$AGENT_VERSION" ||
    fail agent-too-old "The SSM agent is version '$AGENT_VERSION': $AGENT_LEAST is the first that hands parameters over as environment variables." \
      'Update amazon-ssm-agent, then run: systemctl restart timescale-cutover-boot.'
}

# What the server says of itself, one NAME=VALUE a line.
assert_server() {
  local facts=$FILES/server extension name value expected
  attempt server-not-asked 'The server did not answer' "Read /var/log/postgresql/postgresql-$MAJOR-main.log." \
    postgres_psql postgres --field-separator== <"$FILES/server.sql" >"$facts"
  while IFS='=' read -r name expected; do
    value=$(sed -n "s/^$name=//p" "$facts")
    require setting-differs "$name" "$expected" "$value"
  done <<EXPECTED
server_version=$POSTGRESQL_VERSION
data_directory=$DATA_DIRECTORY
port=$PORT
data_checksums=on
password_encryption=scram-sha-256
ssl=on
shared_preload_libraries=timescaledb
timescaledb.telemetry_level=off
in_recovery=false
EXPECTED
  EDITION=apache
  if [ -e "$(sed -n 's/^library_directory=//p' "$facts")/timescaledb-tsl-$TIMESCALEDB_VERSION.so" ]; then EDITION=timescale; fi
  if [ "$PACKAGES" = vendor ]; then require edition-differs "TimescaleDB's edition" timescale "$EDITION"; fi
  for extension in "timescaledb $TIMESCALEDB_VERSION" "postgis $POSTGIS_VERSION"; do
    require version-differs "The version of ${extension% *} that CREATE EXTENSION gives" "${extension#* }" \
      "$(sed -n "s/^extension_${extension% *}=//p" "$facts")"
  done
}

# Libraries can differ from what their control files say: each version is asked for once, in a database that goes again.
assert_libraries() {
  local proved="$POSTGRESQL_VERSION $TIMESCALEDB_VERSION $POSTGIS_VERSION" answer
  if [ "$(cat "$STATE/proved" 2>/dev/null || :)" = "$proved" ]; then return 0; fi
  postgres_psql postgres <<<'DROP DATABASE IF EXISTS timescale_cutover_boot WITH (FORCE); CREATE DATABASE timescale_cutover_boot TEMPLATE template0;'
  attempt extension-not-created 'An extension could not be created' 'Read journalctl -u timescale-cutover-boot.' \
    postgres_psql timescale_cutover_boot <"$FILES/libraries.sql" >"$FILES/libraries"
  postgres_psql postgres <<<'DROP DATABASE timescale_cutover_boot WITH (FORCE);'
  answer=$(xargs <"$FILES/libraries")
  require version-differs 'The version in the libraries of TimescaleDB and PostGIS' "$TIMESCALEDB_VERSION $POSTGIS_VERSION" "$answer"
  echo "$proved" >"$STATE/proved"
}

assert_place() {
  mountpoint --quiet "$DATA_MOUNT" || fail volume-not-mounted "$DATA_MOUNT is no mount point any more." 'Read journalctl -b.'
  require clusters-differ 'The list of clusters' "$MAJOR main" "$(pg_lsclusters --no-header | awk '{ print $1, $2 }' | xargs)"
  require mode-differs 'Owner and mode of /etc/pgbackrest.conf' 'root postgres 640' "$(stat -c '%U %G %a' /etc/pgbackrest.conf)"
  require mode-differs "Owner and mode of $KEY" 'postgres postgres 600' "$(stat -c '%U %G %a' "$KEY")"
  require address-differs "The address of $REPOSITORY_NAME" "$REPOSITORY_ADDRESS" "$(getent ahostsv4 "$REPOSITORY_NAME" | awk 'NR == 1 { print $1 }')"
  require host-key-differs "The pinned key of $REPOSITORY_NAME" "$REPOSITORY_HOST_KEY" \
    "$(ssh-keygen -F "$REPOSITORY_KNOWN_AS" -f /etc/ssh/timescale-cutover_known_hosts | awk '!/^#/ { print $2, $3 }')"
  systemctl is-enabled --quiet "$MOUNT_UNIT" || fail mount-not-enabled "$MOUNT_UNIT is not enabled." "Run: systemctl enable $MOUNT_UNIT."
}

assert_agent
assert_server
assert_libraries
assert_place
PGBACKREST=$(pgbackrest version | awk '{ print $2 }')
require version-differs "pgBackRest's version" "$PGBACKREST_VERSION" "$PGBACKREST"
note versions "{\"postgresql\":\"$POSTGRESQL_VERSION\",\"timescaledb\":\"$TIMESCALEDB_VERSION\",\"timescaledbEdition\":\"$EDITION\",\"postgis\":\"$POSTGIS_VERSION\",\"pgbackrest\":\"$PGBACKREST\",\"ssmAgent\":\"$AGENT_VERSION\",\"awsCli\":\"$AWS_VERSION\"}"
succeed
