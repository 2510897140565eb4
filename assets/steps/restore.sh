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

# The rows of TimescaleDB's catalog, but compression_settings: it names tables (regclass), which come with the rest. The
# tablespaces that a hypertable's new chunks go to stay behind: here is one volume.
list_catalog() {
  pg_restore --list "$DUMP/database" | grep -vxF --file="$DUMP/prepared.list" >"$DUMP/all.list"
  : >"$DUMP/catalog.list"
  # A user's schema may have such a name.
  [ -n "$(source_field .versions.timescaledb)" ] || return 0
  sed -i '/ TABLE DATA _timescaledb_catalog tablespace /d' "$DUMP/all.list"
  grep -E '^[0-9]+; [0-9]+ [0-9]+ TABLE DATA _timescaledb_(catalog|config) ' "$DUMP/all.list" |
    grep -v ' TABLE DATA _timescaledb_catalog compression_settings ' >"$DUMP/catalog.list"
}

# The rows of extensions' other tables: those that have no entry of their own. Foreign keys among them are there before their
# rows are, and the archive's order alone heeds them.
list_extension_rows() {
  awk 'NR == FNR { if ($2 == 1259) made[$3] = 1; next }
    $4 == "TABLE" && $5 == "DATA" && !($3 in made)' "$DUMP/all.list" "$DUMP/all.list" |
    grep -vxF --file="$DUMP/catalog.list" >"$DUMP/extensions.list" || : # None.
}

# What waits until all else is restored. While a restore is on, queries do not see a hypertable's rows as they are: a
# materialized view would be computed without the compressed ones, and a foreign key that refers to a hypertable finds
# nothing. A hypertable's own foreign keys may not wait: made later, every chunk would get them a second time.
list_late() {
  : >"$DUMP/partitioned"
  if [ -s "$DUMP/catalog.list" ]; then
    target_psql "$DATABASE" --tuples-only --no-align --file=- <"$SQL/partitioned-tables.sql" >"$DUMP/partitioned"
  fi
  grep -E '^[0-9]+; [0-9]+ [0-9]+ (MATERIALIZED VIEW DATA |FK CONSTRAINT |COMMENT .*CONSTRAINT .* ON )' "$DUMP/all.list" |
    grep -vF --file="$DUMP/partitioned" >"$DUMP/late.list" || : # None.
}

# Privileges are restored one after the other: in parallel a role may come to grant on a table before it is let into the
# schema. Event triggers come last of all: they would see what the restore does.
list_the_rest() {
  list_extension_rows
  list_late
  grep -E '^[0-9]+; [0-9]+ [0-9]+ (DEFAULT )?ACL ' "$DUMP/all.list" >"$DUMP/privileges.list" || : # None.
  grep -E '^[0-9]+; [0-9]+ [0-9]+ (COMMENT - )?EVENT TRIGGER ' "$DUMP/all.list" >"$DUMP/events.list" || : # None.
  cat "$DUMP"/{catalog,extensions,late,privileges,events}.list >"$DUMP/not-rest.list"
  grep -vxF --file="$DUMP/not-rest.list" "$DUMP/all.list" >"$DUMP/rest.list"
}

# restore_list LIST JOBS. One error ends it: a restore with errors that somebody judged harmless is not a restore. An
# extension's script may read the search_path that a session begins with, and make a setting of it.
restore_list() {
  [ -s "$DUMP/$1.list" ] || return 0
  local SESSION_OPTIONS="$SESSION_OPTIONS -c search_path=\"\$user\",public"
  lend "$DUMP/$1.list"
  on_target "$DATABASE" pg_restore --exit-on-error --no-tablespaces --jobs="$2" \
    --dbname="$(connection_string "$DATABASE")" --use-list="$DUMP/$1.list" "$DUMP/database" 2>"$ERRORS" || refuse_entry
  show_errors
}

# pg_restore names the entry of the archive before its error (not from its parallel jobs), and the statement after it, which is
# told up to its first literal: that may be a secret (of a user mapping, of a subscription).
refuse_entry() {
  local entry statement
  show_errors
  entry=$(sed -n 's/^pg_restore: from TOC entry [0-9]*; [0-9]* [0-9]* //p' "$ERRORS" | sed -n 1p)
  statement=$(sed -n '/^Command was: /,$ { /^pg_restore: /q; s/^Command was: //; p }' "$ERRORS" | tr -s '[:space:]' ' ')
  statement=${statement%%[\'\$]*}
  fail restore-failed "pg_restore failed${entry:+ at $entry}: $(first_error).${statement:+ The statement: ${statement:0:200}}" \
    "Mend the cause at the source, which is as it was, and start a new run: it begins with a fresh database. $STATE/logs on the target has the whole message."
}

# What pg_dump does not carry: dump has written the statements.
restore_undumped() {
  local name
  for name in $UNDUMPED; do
    attempt undumped-failed "What pg_dump does not carry could not be restored ($name)" "Read the message." \
      target_psql "$DATABASE" --single-transaction --tuples-only --no-align --file=- <"$DUMP/$name.sql" >&2
  done
}

# The database's own settings as prepare-database made them, for extensions' scripts change them, and with them those of the
# source's server that an application would miss.
restore_settings() {
  attempt settings-failed "The database's settings could not be restored" "Read the message." \
    target_psql "$DATABASE" --set=settings="$(cat "$STATE/database-settings.json")" --file=- <"$SQL/restore-settings.sql"
  attempt settings-failed "The source's server settings could not be set for the database" \
    "Make possible what the message says (a locale: target.locales), or name the setting in sessionSettings.left." \
    target_psql "$DATABASE" --set=settings="$(cat "$STATE/carried-settings.json")" --file=- <"$SQL/carry-settings.sql"
}

refuse_half_restored
target_psql "$DATABASE" --tuples-only --no-align --file=- <"$SQL/database-settings.sql" >"$STATE/database-settings.json"
mark_target "$RUN_ID" "$(target_oid)" restoring
list_catalog
say "Restoring TimescaleDB's catalog: $(wc -l <"$DUMP/catalog.list") tables."
restore_list catalog 1
list_the_rest
say "Restoring the rest with $RESTORE_JOBS jobs: $(grep -c '^[0-9]' "$DUMP/rest.list") entries."
restore_list rest "$RESTORE_JOBS"
restore_list extensions 1
restore_list privileges 1
if [ -n "$(source_field .versions.timescaledb)" ]; then
  attempt post-restore-failed "timescaledb_post_restore() failed" "Read the message: versions of source and target may differ." \
    target_psql "$DATABASE" --set=schema="$(source_field .timescaledbSchema)" --file=- <"$SQL/post-restore.sql" >&2
fi
say "Restoring what waited for that: $(wc -l <"$DUMP/late.list") entries."
restore_list late "$RESTORE_JOBS"
restore_undumped
restore_list events 1
restore_settings
say "Gathering statistics."
attempt analyze-failed "The restored tables' statistics could not be gathered" "Read the message." \
  target_psql "$DATABASE" --file=- <"$SQL/analyze.sql"
# The restore did not wait for each commit to be on disk; from here on it is.
target_psql postgres --command=CHECKPOINT
mark_target "$RUN_ID" "$(target_oid)" restored
succeed "\"databaseBytes\":$(target_psql "$DATABASE" --tuples-only --no-align --command='SELECT pg_database_size(current_database())')"
