#!/bin/bash
# A database of this name on the target is replaced only where a run made it and nobody uses it, or where --replace names
# it; and where nothing in it holds it.
set -Eeuo pipefail

# target-in-use.sh ends a step; here it ends a check.
fail() {
  if [ "$1" = target-in-use ]; then refuse "$2" "$3"; else unmade "$2" "$3"; fi
}

facts=$(check_psql 10 --tuples-only --no-align --field-separator='|' <<'SQL'
SELECT
    d.oid, pg_size_pretty(pg_database_size(d.oid)),
    (SELECT count(*) FROM pg_prepared_xacts AS p WHERE p.database = d.datname),
    (SELECT string_agg(slot_name, ', ' ORDER BY slot_name) FROM pg_replication_slots AS s WHERE s.database = d.datname)
FROM pg_database AS d
WHERE d.datname = :'database'
SQL
)
[ -n "$facts" ] || pass "The target has no database named $DATABASE yet."
IFS='|' read -r oid size prepared slots <<<"$facts"
run='' made='' phase=''
if [ -s "$TARGET_MARKER" ]; then read -r run made phase <"$TARGET_MARKER"; fi
if [ "$oid" = "$made" ]; then
  refuse_target_in_use
elif [ "$REPLACE" != "$DATABASE" ]; then
  refuse "The target has a database named $DATABASE of $size already, and no run of this tool made it."
fi
if [ "$prepared" != 0 ] || [ -n "$slots" ]; then
  refuse "The target's database $DATABASE cannot be dropped: $prepared prepared transactions, logical replication slots: ${slots:-none}." \
    "End each: ROLLBACK PREPARED with its gid, SELECT pg_drop_replication_slot with its name."
fi
pass "The database $DATABASE of $size, made by ${run:-no run} (${phase:-named by --replace}), will be replaced."
