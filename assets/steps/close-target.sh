#!/bin/bash
# Closes the database that a run made on the target, so that nobody writes where the truth is not, and ends who is in it.
# A database that no run made is left alone.
set -Eeuo pipefail

existing=''
read_target_marker
if [ -n "$MARKED_OID" ]; then existing=$(target_oid); fi
if [ -z "$existing" ] || [ "$existing" != "$MARKED_OID" ]; then
  say "There is no database $DATABASE on the target that a run made."
  succeed '"closed":false'
fi
# A copy that only a rehearsal, or a run before its end, has seen is in use nowhere.
case $MARKED_PHASE in activated | switched | saved) refuse_target_in_use ;; esac
# A closed database lets its own jobs in at times and at times not: they rest until somebody opens it.
attempt target-not-closed "The background workers of the target's database $DATABASE could not be stopped" "Read the message, then call this step again." \
  target_psql "$DATABASE" --file=- <"$SQL/stop-workers.sql" >&2
attempt target-not-closed "The target's database $DATABASE could not be closed" "Read the message, then call this step again." \
  target_psql postgres --set=database="$DATABASE" --file=- <"$SQL/fence/close-target.sql" >&2
# Nobody has switched to it, unless it was an earlier run: that one's mark stays, for it may hold writes.
if [ "$MARKED_PHASE" != saved ] && { [ "$MARKED_PHASE" != switched ] || [ "$MARKED_RUN" = "$RUN_ID" ]; }; then
  mark_target "$MARKED_RUN" "$MARKED_OID" closed
fi
succeed '"closed":true'
