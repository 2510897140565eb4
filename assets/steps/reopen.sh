#!/bin/bash
# Opens the database just as it was before the fence. All that it needs stands in the catalog, so it works on a host that
# knows nothing of the run, and when the run is gone; and it needs no room on a disk. Where nothing is fenced it changes
# nothing. A run opens its own fence alone: what another run closed, cutover reopen opens.
set -Eeuo pipefail

# What a failed rollback saved is not all any more, once the application writes again. A full disk must not hinder that.
mark_reopened() {
  read_target_marker
  if [ "$MARKED_PHASE" = saved ]; then
    mark_target "$MARKED_RUN" "$MARKED_OID" switched || say "The target's marker could not be written."
  fi
}

trap 'rm -rf -- "$STATE"; rmdir --ignore-fail-on-non-empty -- "$(dirname "$STATE")"' EXIT
# A dump that was cut short may have filled the disk that the server needs.
remove_dump || say "$DUMP could not be removed."
await_side
attempt reopen-failed "Connections to the $SIDE's database $DATABASE could not be allowed again" \
  "Read the message, then call this step again. By hand, from another database: ALTER DATABASE ... ALLOW_CONNECTIONS TRUE" admit_connections
read_standing
refuse_standby "There the marker came along; by hand: $(standing byHand)"
phase=$(standing phase)
if [ -z "$phase" ]; then
  start_workers
  say "The $SIDE was not fenced."
  succeed '"wasFenced":false'
fi
if [ "${SSM_Fence:-any}" = own ] && [ "$phase" = fenced ] && [ "$(standing run)" != "$RUN_ID" ]; then
  fail other-fence "The $SIDE is fenced by run $(standing run), not by this one. Nothing was changed." \
    "See what became of that run (cutover status); when it has ended, cutover reopen opens the $SIDE."
fi
if [ "$phase" = switched ] && [ "${SSM_Rollback:-no}" != yes ]; then
  if [ "$SIDE" = source ]; then beside_source <"$SQL/fence/shut.sql"; fi
  fail switched "The application was switched away from the $SIDE by run $(standing run). Opened again, there would be two truths. Nothing was changed." \
    "Roll the cutover back: cutover rollback."
fi
if [ "$SIDE" = target ]; then mark_reopened; fi
# The workers first, while nothing is on the schedule: killed in between, this step finds the marker and does it again.
start_workers
attempt reopen-failed "The $SIDE's database could not be opened" \
  "Read the message, then call this step again. By hand: $(standing byHand)" fence_sql "open schedule-jobs" --set=phase= --set=jobs=scheduled >&2
succeed "\"wasFenced\":true,\"fencedBy\":$(json_string "$(standing run)"),\"connectionLimit\":$(standing priorLimit),\"jobs\":$(standing priorJobs)"
