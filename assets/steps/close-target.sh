#!/bin/bash
# Closes the database that a run made on the target, so that nobody writes where the truth is not, and ends who is in it.
# A database that no run made is left alone.
set -Eeuo pipefail

run='' oid='' existing=''
if [ -s "$TARGET_MARKER" ]; then read -r run oid _ <"$TARGET_MARKER"; fi
if [ -n "$oid" ]; then existing=$(target_oid); fi
if [ -z "$existing" ] || [ "$existing" != "$oid" ]; then
  say "There is no database $DATABASE on the target that a run made."
  succeed '"closed":false'
fi
refuse_target_in_use
# A closed database lets its own jobs in at times and at times not: they rest until somebody opens it.
attempt target-not-closed "The background workers of the target's database $DATABASE could not be stopped" "Read the message, then call this step again." \
  target_psql "$DATABASE" --file=- <"$SQL/stop-workers.sql" >&2
attempt target-not-closed "The target's database $DATABASE could not be closed" "Read the message, then call this step again." \
  target_psql postgres --set=database="$DATABASE" --file=- <"$SQL/fence/close-target.sql" >&2
# Nothing but the source is in use from here on, so a later run may replace it.
printf '%s %s closed\n' "$run" "$oid" >"$TARGET_MARKER.new"
mv "$TARGET_MARKER.new" "$TARGET_MARKER"
succeed '"closed":true'
