#!/bin/bash
# Room for the restore: inspect-target's rule, and beyond it the WAL that lies there until a checkpoint.
set -Eeuo pipefail

same_volume() {
  local path=$1
  while [ ! -d "$path" ]; do path=$(dirname "$path"); done
  [ "$(stat --format=%d "$path")" = "$(stat --format=%d "$DATA_MOUNT")" ]
}

database=$(source_field .databaseBytes)
dump=$(source_field '.dumpRoom.needed // .tableBytes')
sorting=$((database / 4))
read -r existing wal < <(target_psql postgres --tuples-only --no-align --field-separator=' ' --set=database="$DATABASE" <<'SQL'
SELECT
    coalesce((SELECT pg_database_size(oid) FROM pg_database WHERE datname = :'database'), 0),
    pg_size_bytes(current_setting('max_wal_size'))
SQL
)
if [ "$wal" -gt "$database" ]; then wal=$database; fi

beside=$dump place=''
if ! same_volume "$DUMP_DIRECTORY"; then
  beside=0
  there=$(free_bytes "$DUMP_DIRECTORY")
  place=" The dump lies elsewhere: $(mebibytes "$dump") in $DUMP_DIRECTORY, which has $(mebibytes "$there") free."
  [ "$there" -ge "$dump" ] || refuse "There is no room for the dump.$place" "Make room there, or name a roomier target.dumpDirectory."
fi
free=$(($(free_bytes "$DATA_MOUNT") + existing))
needed=$((database + sorting + beside)) ample=$((database + sorting + beside + wal))
figures="$(mebibytes "$database") tables and indexes, $(mebibytes "$sorting") sorting, $(mebibytes "$beside") dump, $(mebibytes "$wal") WAL"
has="$DATA_MOUNT has $(mebibytes "$free") ($(mebibytes "$existing") of it given back by the database that is replaced)"
if [ "$free" -lt "$needed" ]; then refuse "The restore may need $(mebibytes "$ample") ($figures); $has.$place"; fi
if [ "$free" -lt "$ample" ]; then warn "With its WAL the restore may need $(mebibytes "$ample") ($figures); $has.$place"; fi
pass "The restore may need $(mebibytes "$ample") ($figures); $has.$place"
