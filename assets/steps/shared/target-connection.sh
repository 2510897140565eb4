#!/bin/bash
# How a step reaches the target's cluster: over its local socket, as postgres.
set -Eeuo pipefail

# on_target DATABASE COMMAND...: the first word is the database. Its own settings (a default_transaction_read_only, a
# search_path) must steer neither the restore nor a digest. A drill's cluster has a socket and a port of its own.
on_target() {
  local database=$1
  shift
  runuser -u postgres -- env HOME=/var/lib/postgresql \
    PGHOST="${CLUSTER_SOCKET:-/var/run/postgresql}" PGPORT="${CLUSTER_PORT:-$TARGET_PORT}" PGUSER=postgres PGDATABASE="$database" \
    PGAPPNAME="timescale-cutover/$RUN_ID" PGCONNECT_TIMEOUT=15 PGCLIENTENCODING=UTF8 \
    PGOPTIONS="-c statement_timeout=0 -c idle_in_transaction_session_timeout=0 -c row_security=off -c default_transaction_read_only=off -c client_min_messages=warning -c search_path= -c timezone=UTC -c datestyle=ISO -c intervalstyle=postgres -c extra_float_digits=3 -c bytea_output=hex -c xmloption=content -c lc_monetary=C ${SESSION_OPTIONS:-}" \
    "$@"
}

target_psql() {
  local database=$1
  shift
  on_target "$database" psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 "$@"
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
