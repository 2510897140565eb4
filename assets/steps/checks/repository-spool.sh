#!/bin/bash
# An acknowledgement (.ok) of an earlier cluster makes pgBackRest skip this cluster's segment of the same name.
set -Eeuo pipefail

[ -d "$SPOOL_PATH" ] || refuse "There is no spool $SPOOL_PATH." "Restart timescale-cutover-boot on the target: it makes the spool."
owner=$(stat -c %U "$SPOOL_PATH")
folder=$SPOOL_PATH/archive/$STANZA
for place in "$SPOOL_PATH" "$folder" "$folder/out"; do
  [ ! -e "$place" ] || as_postgres test -w "$place" || refuse "postgres cannot write to the spool $place (it is $(stat -c '%U:%G %a' "$place"))." "Give it to postgres: chown -R postgres:postgres $place."
done
stale=()
if [ -d "$folder" ]; then
  # While the cluster archives, only what is older than the cluster itself is an earlier one's.
  archives=$(check_psql 5 --tuples-only --no-align --command="SELECT current_setting('archive_mode') <> 'off' AND current_setting('archive_command') LIKE '%pgbackrest%'")
  newer=()
  [ "$archives" != t ] || newer=(! -newer "$DATA_DIRECTORY/PG_VERSION")
  mapfile -t stale < <(find "$folder" -name '*.ok' "${newer[@]}" -printf '%f\n' | sort)
fi
if [ "${#stale[@]}" -gt 0 ]; then
  refuse "The spool $folder holds ${#stale[@]} acknowledgements that are not this cluster's, such as ${stale[0]}: segments of those names would never reach the repository." \
    "Remove what is in $folder before archiving is turned on."
fi
pass "The spool $SPOOL_PATH is $owner's and holds nothing of an earlier cluster."
