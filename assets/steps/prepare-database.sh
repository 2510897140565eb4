#!/bin/bash
# Makes the target's database new: as it stands in the dump (encoding, locale, owner, limits, settings, privileges,
# comment), with TimescaleDB in it and ready for a restore. Never onto one that is there: replaced is only what a run
# made and nobody has taken into use, or what --replace names.
set -Eeuo pipefail

drop_existing_database() {
  local existing
  existing=$(target_oid)
  [ -n "$existing" ] || return 0
  refuse_unless_replaceable "$existing"
  say "Dropping the database of run ${MARKED_RUN:-(none)} (${MARKED_PHASE:-named by --replace})."
  # A restored subscription blocks DROP DATABASE, even WITH (FORCE).
  target_psql "$DATABASE" --file=- <"$SQL/drop-subscriptions.sql" >&2
  attempt target-database-in-use "The target's database $DATABASE could not be dropped" "End what uses it, and start a new run." \
    target_psql postgres --set=database="$DATABASE" --file=- <"$SQL/drop-database.sql"
}

# list KINDS: the entries of these kinds, as pg_restore takes them. Only --create lists those of the database itself.
list() {
  pg_restore --create --list "$DUMP/database" | grep -E "^[0-9]+; [0-9]+ [0-9]+ ($1)"
}

# The archive's entries for the database itself. What is made here, restore leaves out.
create_database() {
  list 'DATABASE - |DATABASE PROPERTIES - |ACL - DATABASE |COMMENT - DATABASE |SECURITY LABEL - DATABASE ' >"$DUMP/prepared.list"
  lend "$DUMP/prepared.list"
  attempt database-failed "The database $DATABASE could not be made as it is on the source" \
    "Read the message: the target may lack the source's locale (install it and restart PostgreSQL)." \
    on_target postgres pg_restore --create --exit-on-error --no-tablespaces --dbname=postgres \
    --use-list="$DUMP/prepared.list" "$DUMP/database"
  mark_target "$RUN_ID" "$(target_oid)" prepared
  if [ "$(source_field 'select(.hasPublic | not) | "no"')" = no ]; then
    attempt database-failed "The schema public, which the source does not have, could not be dropped" "Read the message." \
      target_psql "$DATABASE" --command='DROP SCHEMA public'
  fi
}

# TimescaleDB comes before all else, at the source's version and in the source's schema.
create_timescaledb() {
  local version schema
  version=$(source_field .versions.timescaledb)
  schema=$(source_field .timescaledbSchema)
  [ -n "$version" ] || return 0
  if [ "$schema" != public ]; then
    list 'SCHEMA - ' | grep -F " SCHEMA - $schema " >"$DUMP/schema.list"
    lend "$DUMP/schema.list"
    attempt schema-failed "TimescaleDB's schema $schema could not be made" "Read the message." \
      on_target "$DATABASE" pg_restore --exit-on-error --dbname="$(connection_string "$DATABASE")" --use-list="$DUMP/schema.list" "$DUMP/database"
    cat "$DUMP/schema.list" >>"$DUMP/prepared.list"
  fi
  attempt extension-failed "TimescaleDB $version could not be made ready for the restore" \
    "Check the target's packages and shared_preload_libraries." \
    target_psql "$DATABASE" --set=version="$version" --set=schema="$schema" --file=- <"$SQL/pre-restore.sql" >&2
}

[ -s "$DUMP/database/toc.dat" ] || fail no-dump "There is no whole dump in $DUMP." "Run fetch-dump first."
drop_existing_database
create_database
create_timescaledb
succeed "\"database\":$(json_string "$DATABASE")"
