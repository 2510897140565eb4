#!/bin/bash
# The cluster that answers lies on the data volume, and its WAL and its tables with it.
set -Eeuo pipefail

directory=$(target_psql postgres --tuples-only --no-align --command='SHOW data_directory')
[ "$directory" = "$DATA_DIRECTORY" ] || refuse "The server on port $TARGET_PORT has its data in $directory, not in $DATA_DIRECTORY." \
  "Another cluster answers on that port: stop it (pg_lsclusters), and start the target's own."
volume=$(stat --dereference --format=%d "$DATA_MOUNT")
for place in "$directory" "$directory/pg_wal" "$directory/base" "$directory"/pg_tblspc/*; do
  [ -e "$place" ] || continue # A pattern that matched nothing.
  [ "$(stat --dereference --format=%d "$place")" = "$volume" ] ||
    refuse "$place lies on another file system ($(realpath "$place")) than the data volume at $DATA_MOUNT." "Move it onto the data volume while PostgreSQL is stopped."
done
pass "The data directory $directory lies on the data volume, its WAL with it."
