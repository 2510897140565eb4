#!/bin/bash
# A database of this name on the target is replaced only where the source is the truth, and a run made it and nobody has
# written there, or --replace names it; and where nothing in it holds it.
set -Eeuo pipefail

# target-in-use.sh ends a step; here it ends a check.
fail() {
  case $1 in
    target-in-use | target-database-exists | marker-damaged) refuse "$2" "$3" ;;
    *) unmade "$2" "$3" ;;
  esac
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
refuse_unless_replaceable "$oid"
if [ "$prepared" != 0 ] || [ -n "$slots" ]; then
  refuse "The target's database $DATABASE cannot be dropped: $prepared prepared transactions, logical replication slots: ${slots:-none}." \
    "End each: ROLLBACK PREPARED with its gid, SELECT pg_drop_replication_slot with its name."
fi
pass "The database $DATABASE of $size, made by ${MARKED_RUN:-no run} (${MARKED_PHASE:-named by --replace}), will be replaced."
