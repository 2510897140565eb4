#!/bin/bash
# Dumps the database from the held snapshot: owners, privileges and database-level settings included, and beside it the
# statements for what pg_dump does not carry: the roles that the database needs, and what assets/sql/undumped names.
# pg_dump runs at low priority where the host is shared.
set -Eeuo pipefail

# in_snapshot NAME: what pg_dump sees.
in_snapshot() {
  printf "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;\nSET TRANSACTION SNAPSHOT '%s';\n" "$(cat "$STATE/snapshot")"
  cat "$SQL/undumped/$1.sql"
}

[ -s "$STATE/snapshot" ] || fail no-snapshot "This run holds no snapshot of the source." "Run hold-snapshot first."
make_dump_directory
# What is not whole is of no use, and its room may be what the source needs to be opened again.
trap 'remove_dump' EXIT
install -d -m 0700 -o postgres -g postgres "$DUMP/database"

compression=$DUMP_COMPRESSION
# Before version 16 pg_dump knows gzip alone, and its level by itself.
if [ "$POSTGRESQL_MAJOR" -lt 16 ]; then compression=1; fi
say "Dumping $DATABASE with $DUMP_JOBS jobs, compression $compression."
# Its texts are the database's own bytes: another encoding may lack some of them.
encoding=$(source_psql --tuples-only --no-align --command="SELECT pg_encoding_to_char(encoding) FROM pg_database WHERE datname = current_database()")
if ! on_source env PGCLIENTENCODING="$encoding" pg_dump --format=directory --jobs="$DUMP_JOBS" --snapshot="$(cat "$STATE/snapshot")" \
  --compress="$compression" --file="$DUMP/database" 2>"$ERRORS"; then
  show_errors
  refuse_if_yielded
  fail dump-failed "pg_dump failed: $(first_error)." "Read the message; the source is as it was."
fi
seal "$DUMP/database"
# pg_dump says these of every database with TimescaleDB: its catalog's foreign keys are restored with their triggers off.
grep -vE 'circular foreign-key constraints|^pg_dump: detail: |^pg_dump: hint: ' "$ERRORS" >"$STATE/logs/dump.warnings" || : # None left.
cat "$STATE/logs/dump.warnings" >&2

attempt roles-unreadable "The roles that the database needs could not be read" "Read the message." \
  source_psql --tuples-only --no-align --set=decided_roles="$(cat "$STATE/roles.json")" --file=- \
  < <(cat "$SQL/needed-roles.sql" "$SQL/role-statements.sql") >"$DUMP/roles.sql"
for name in $UNDUMPED; do
  attempt undumped-unreadable "What pg_dump does not carry could not be read ($name)" "Read the message." \
    source_psql --tuples-only --no-align --file=- < <(in_snapshot "$name") >"$DUMP/$name.sql"
done
(cd "$DUMP" && find database ./*.sql -type f -exec sha256sum {} +) >"$STATE/manifest.sha256"
mv "$STATE/manifest.sha256" "$DUMP/manifest.sha256"
trap - EXIT
succeed "\"dumpBytes\":$(du -sb "$DUMP" | cut -f 1),\"warnings\":$(wc -l <"$STATE/logs/dump.warnings")"
