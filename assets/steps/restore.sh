#!/bin/bash
# Restores the dump into the database that prepare-database made. TimescaleDB's catalog goes first and serially: plainly
# parallel, the restore violates its foreign keys and loses chunks. The background workers are stopped at the end.
set -Eeuo pipefail

# Every job sorts with this much when it builds an index; memory is the instance's, not the dump host's.
SESSION_OPTIONS="-c synchronous_commit=off -c maintenance_work_mem=${MAINTENANCE_WORK_MEM_MIB}MB"

refuse_half_restored() {
  read_target_marker
  if [ "$MARKED_RUN/$MARKED_OID/$MARKED_PHASE" != "$RUN_ID/$(target_oid)/prepared" ]; then
    fail target-not-fresh "The target's database is not fresh (run ${MARKED_RUN:-none}, ${MARKED_PHASE:-unmarked}): a second restore into it would double rows." \
      "Run prepare-database first."
  fi
}

# The rows of TimescaleDB's catalog, but compression_settings: it names tables (regclass), which come with the rest.
list_catalog() {
  pg_restore --list "$DUMP/database" | grep -vxF --file="$DUMP/prepared.list" >"$DUMP/all.list"
  grep -E '^[0-9]+; [0-9]+ [0-9]+ TABLE DATA _timescaledb_(catalog|config) ' "$DUMP/all.list" |
    grep -v ' TABLE DATA _timescaledb_catalog compression_settings ' >"$DUMP/catalog.list" || : # None without TimescaleDB.
}

# The rest, and what waits until it is restored. While a restore is on, queries do not see a hypertable's rows as they
# are: a materialized view would be computed without the compressed ones, and a foreign key that refers to a hypertable
# finds nothing. A hypertable's own foreign keys may not wait: made later, every chunk would get them a second time.
# Event triggers come last, as pg_restore has them. Privileges are restored one after the other: in parallel a role may
# come to grant on a table before it is let into the schema.
list_rest_privileges_and_late() {
  : >"$DUMP/partitioned"
  if [ -s "$DUMP/catalog.list" ]; then
    target_psql "$DATABASE" --tuples-only --no-align --file=- <"$SQL/partitioned-tables.sql" >"$DUMP/partitioned"
  fi
  grep -E '^[0-9]+; [0-9]+ [0-9]+ (MATERIALIZED VIEW DATA |FK CONSTRAINT |EVENT TRIGGER |COMMENT - EVENT TRIGGER |COMMENT .*CONSTRAINT .* ON )' "$DUMP/all.list" |
    grep -vF --file="$DUMP/partitioned" >"$DUMP/late.list" || : # None.
  grep -E '^[0-9]+; [0-9]+ [0-9]+ (DEFAULT )?ACL ' "$DUMP/all.list" >"$DUMP/privileges.list" || : # None.
  cat "$DUMP/catalog.list" "$DUMP/privileges.list" "$DUMP/late.list" >"$DUMP/not-rest.list"
  grep -vxF --file="$DUMP/not-rest.list" "$DUMP/all.list" >"$DUMP/rest.list"
}

# restore_list LIST JOBS. One error ends it: a restore with errors that somebody judged harmless is not a restore.
restore_list() {
  lend "$DUMP/$1.list"
  attempt restore-failed "pg_restore failed" \
    "Read the message and $STATE/logs on the target; the source is as it was. A new run begins with a fresh database." \
    on_target "$DATABASE" pg_restore --exit-on-error --no-tablespaces --jobs="$2" \
    --dbname="$(connection_string "$DATABASE")" --use-list="$DUMP/$1.list" "$DUMP/database"
}

refuse_half_restored
mark_target "$RUN_ID" "$(target_oid)" restoring
list_catalog
say "Restoring TimescaleDB's catalog: $(wc -l <"$DUMP/catalog.list") tables."
if [ -s "$DUMP/catalog.list" ]; then restore_list catalog 1; fi
list_rest_privileges_and_late
say "Restoring the rest with $RESTORE_JOBS jobs: $(grep -c '^[0-9]' "$DUMP/rest.list") entries."
restore_list rest "$RESTORE_JOBS"
if [ -s "$DUMP/privileges.list" ]; then restore_list privileges 1; fi
if [ -n "$(source_field .versions.timescaledb)" ]; then
  attempt post-restore-failed "timescaledb_post_restore() failed" "Read the message: versions of source and target may differ." \
    target_psql "$DATABASE" --set=schema="$(source_field .timescaledbSchema)" --file=- <"$SQL/post-restore.sql" >&2
fi
attempt missing-values-failed "The values of columns that were added to compressed chunks could not be set" "Read the message." \
  target_psql "$DATABASE" --single-transaction --file=- <"$DUMP/missing-values.sql"
say "Restoring what waited for that: $(wc -l <"$DUMP/late.list") entries."
if [ -s "$DUMP/late.list" ]; then restore_list late "$RESTORE_JOBS"; fi
say "Gathering statistics."
attempt analyze-failed "The restored tables' statistics could not be gathered" "Read the message." \
  target_psql "$DATABASE" --file=- <"$SQL/analyze.sql"
# The restore did not wait for each commit to be on disk; from here on it is.
target_psql postgres --command=CHECKPOINT
mark_target "$RUN_ID" "$(target_oid)" restored
succeed "\"databaseBytes\":$(target_psql "$DATABASE" --tuples-only --no-align --command='SELECT pg_database_size(current_database())')"
