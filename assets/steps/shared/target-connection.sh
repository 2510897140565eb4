#!/bin/bash
# How a step reaches the target's cluster: over its local socket, as postgres.
set -Eeuo pipefail

# These are a superuser's to set: a restored database's own settings must not put users' secrets into the server's log, nor
# turn triggers off.
readonly target_settings=(default_transaction_read_only=off session_replication_role=origin log_statement=none log_min_duration_statement=-1
  log_min_error_statement=panic)

# on_target DATABASE COMMAND...: the first word is the database. A drill's cluster has a socket and a port of its own.
on_target() {
  local database=$1
  shift
  runuser -u postgres -- env HOME=/var/lib/postgresql \
    PGHOST="${CLUSTER_SOCKET:-/var/run/postgresql}" PGPORT="${CLUSTER_PORT:-$TARGET_PORT}" PGUSER=postgres PGDATABASE="$database" \
    PGAPPNAME="timescale-cutover/$RUN_ID" PGCONNECT_TIMEOUT=15 PGCLIENTENCODING="$(client_encoding)" \
    PGOPTIONS="$SESSION_SETTINGS ${target_settings[*]/#/-c } ${SESSION_OPTIONS:-}" \
    "$@"
}

target_psql() {
  local database=$1
  shift
  on_target "$database" psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 "$@"
}

# plain_target_psql DATABASE OPTIONS...: a session with the settings that an application's begins with.
plain_target_psql() {
  local database=$1
  shift
  on_target "$database" env PGOPTIONS='-c role=none' psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 "$@"
}

# source_field PATH: one field of what inspect-source found, which inspect-target brought here.
source_field() {
  jq --raw-output "$1 // empty" "$STATE/inspect-source.json"
}

# A database's name as a connection string's value: a name may hold spaces, quotes and equals signs.
connection_string() {
  local name=${1//\\/\\\\}
  printf "dbname='%s'" "${name//\'/\\\'}"
}

target_oid() {
  target_psql postgres --tuples-only --no-align --set=database="$DATABASE" \
    <<<"SELECT oid FROM pg_database WHERE datname = :'database'"
}
