#!/bin/bash
# Opens the database just as it was before the fence. All that it needs stands in the catalog, so it works on a host that
# knows nothing of the run, and when the run is gone. Where nothing is fenced it changes nothing.
set -Eeuo pipefail

await_side
read_standing
refuse_standby "There the marker came along; by hand: $(standing byHand)"
phase=$(standing phase)
if [ -z "$phase" ]; then
  start_workers
  say "The $SIDE was not fenced."
  succeed '"wasFenced":false'
fi
if [ "$phase" = switched ] && [ "${SSM_Rollback:-no}" != yes ]; then
  fail switched "The application was switched away from the $SIDE by run $(standing run). Opened again, there would be two truths. Nothing was changed." \
    "Roll the cutover back: cutover rollback."
fi
# The workers first, while nothing is on the schedule: killed in between, this step finds the marker and does it again.
start_workers
attempt reopen-failed "The $SIDE's database could not be opened" \
  "Read the message, then call this step again. By hand: $(standing byHand)" fence_sql open --set=phase= --set=jobs=scheduled >&2
succeed "\"wasFenced\":true,\"fencedBy\":\"$(standing run)\",\"connectionLimit\":$(standing priorLimit),\"jobs\":$(standing priorJobs)"
