#!/bin/bash
# What earlier runs left at work or on the disk.
set -Eeuo pipefail

own=timescale-cutover-$RUN_ID-
units=$(systemctl list-units --plain --no-legend --full --state=active,activating,deactivating,reloading 'timescale-cutover-r[0-9]*.service' |
  awk -v own="$own" 'index($1, own) != 1 && ++count <= 5 { print $1 }' | paste -sd ' ')
dumps=''
if [ -d "$DUMP_DIRECTORY" ]; then
  while read -r folder; do
    dumps+="${dumps:+, }$folder ($(mebibytes "$(du --summarize --bytes "$DUMP_DIRECTORY/$folder" | cut -f 1)"))"
  done < <(find "$DUMP_DIRECTORY" -mindepth 1 -maxdepth 1 -name 'r[0-9]*-*' ! -name "$RUN_ID" -printf '%f\n' | sort | sed -n 1,5p)
fi
sessions=$(check_psql 10 --tuples-only --no-align --set=own="timescale-cutover/$RUN_ID" <<'SQL'
SELECT string_agg(format('%s (pid %s)', application_name, pid), ', ' ORDER BY pid)
FROM pg_stat_activity
WHERE application_name ~ '^timescale-cutover/r[0-9]' AND application_name <> :'own'
SQL
)
found="${units:+ At work: ${units// /, }.}${sessions:+ Sessions: $sessions.}${dumps:+ Dumps in $DUMP_DIRECTORY: $dumps.}"
[ -z "$found" ] || warn "Earlier runs left something on the target.$found"
pass "No earlier run left a unit, a session or a dump on the target."
