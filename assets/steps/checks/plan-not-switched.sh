#!/bin/bash
# No cutover of this database has switched on this target, unless it was rolled back; and none was signed off.
set -Eeuo pipefail

readonly CUTOVER=$KEPT/cutover.json
signed_off=$(signoff_of_database)
if [ -n "$signed_off" ]; then
  refuse "The move of $DATABASE was signed off by run $signed_off: it is over." \
    "There is nothing to cut over; see cutover run $(signoff_of_database .cutoverRun)."
fi
if [ -e "$CUTOVER" ] && [ "$(jq --raw-output .database "$CUTOVER")" = "$DATABASE" ]; then
  refuse "Cutover $(jq --raw-output .run "$CUTOVER") switched at $(jq --raw-output .switchedAt "$CUTOVER") and was not rolled back: the target is the truth." \
    "Go back by cutover rollback, or make the move final by cutover signoff."
fi
pass "No cutover of $DATABASE has switched on this target."
