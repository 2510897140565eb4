#!/bin/bash
# An acknowledgement (.ok) of an earlier cluster makes pgBackRest skip this cluster's segment of the same name.
set -Eeuo pipefail

[ -d "$SPOOL_PATH" ] || refuse "There is no spool $SPOOL_PATH." "Restart timescale-cutover-boot on the target: it makes the spool."
owner=$(stat -c %U "$SPOOL_PATH")
folder=$SPOOL_PATH/archive/$STANZA
for place in "$SPOOL_PATH" "$folder" "$folder/out"; do
  [ ! -e "$place" ] || as_postgres test -w "$place" || refuse "postgres cannot write to the spool $place (it is $(stat -c '%U:%G %a' "$place"))." "Give it to postgres: chown -R postgres:postgres $place."
done

# Whether the spool holds acknowledgements (that find's arguments fit); they are in $acknowledged then.
holds_acknowledgements() {
  mapfile -t acknowledged < <(find "$folder" -name '*.ok' "$@" -printf '%f\n' | sort)
  [ "${#acknowledged[@]}" -gt 0 ]
}

[ -d "$folder" ] || pass "The spool $SPOOL_PATH is $owner's and holds nothing."
archives=$(check_psql 5 --tuples-only --no-align --command="SELECT current_setting('archive_mode') <> 'off' AND current_setting('archive_command') LIKE '%pgbackrest%'")
if [ "$archives" != t ] && holds_acknowledgements; then
  # Such as a run leaves that ended between turning archiving off and emptying the spool.
  warn "The spool $folder holds ${#acknowledged[@]} acknowledgements of earlier archiving, such as ${acknowledged[0]}." \
    "Nothing for a cutover, which empties the spool before it turns archiving on. Who turns it on by hand removes them first."
fi
# While the cluster archives, only what is older than the cluster itself is an earlier one's.
if [ "$archives" = t ] && holds_acknowledgements ! -newer "$DATA_DIRECTORY/PG_VERSION"; then
  refuse "The spool $folder holds ${#acknowledged[@]} acknowledgements that are not this cluster's, such as ${acknowledged[0]}: segments of those names would never reach the repository." \
    "Remove them now: the target archives already."
fi
pass "The spool $SPOOL_PATH is $owner's and holds nothing of an earlier cluster."
