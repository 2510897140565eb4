#!/bin/bash
# Whether a cutover may begin: nothing is switched yet, it was rehearsed lately, and the outage that the rehearsal
# predicts fits in what is left of the maintenance window. Asked before the approval, and again right before the fence: an
# approval may come days later. Changes nothing.
set -Eeuo pipefail

readonly ALLOW=${SSM_Allow-}

# refuse CODE MESSAGE REMEDY: ends the step, unless whoever started the run overrode the refusal by its name.
refuse() {
  if [[ ,$ALLOW, == *,$1,* ]]; then
    say "OVERRIDDEN [$1] $2"
    OVERRIDDEN+="${OVERRIDDEN:+,}\"$1\""
  else
    fail "$1" "$2" "$3 To begin all the same, start the run with --allow $1."
  fi
}

examine_window() {
  local over too_long
  find_window
  [ -s "$WINDOW_BEGAN" ] || printf '%s\n' "$WINDOW_BEGINS" >"$WINDOW_BEGAN"
  over=$(window_over)
  too_long=$(outage_too_long "$WINDOW_LEFT")
  if [ "$NOW" -lt "$WINDOW_BEGINS" ]; then
    refuse window "The maintenance window has not begun: it begins at $WINDOW_STARTS_AT, in $(((WINDOW_BEGINS - NOW + 59) / 60)) minutes." \
      "Wait until then, or correct maintenanceWindow.startsAt."
  elif [ -n "$over" ]; then
    refuse window "$over" "$WINDOW_OVER_REMEDY"
  elif [ -n "$too_long" ]; then
    refuse window "$too_long" "$OUTAGE_REMEDY"
  fi
}

refuse_damaged "$SIGNOFF"
if [ -n "$(signoff_of_database)" ]; then
  fail signed-off "The move of $DATABASE was signed off by run $(signoff_of_database): it is over." \
    "There is nothing to cut over; see cutover run $(signoff_of_database .cutoverRun)."
fi
read_secret
read_labels
if [ "$(secret_truth)" = target ]; then
  fail already-switched "The secret $APPLICATION_SECRET points at the target, $TARGET_APPLICATION_PLACE: an earlier cutover switched, and the target is the truth." \
    "Go back by cutover rollback, or make the move final by cutover signoff."
fi
check_secret
refuse_unless_source
refuse_undeclared_keys
refuse_rotation
refuse_other_password
DATABASE_BYTES=$(jq '.databaseBytes' "$STATE/inspect-source.json")
OVERRIDDEN='' PREDICTED=''
flaw=$(rehearsal_flaw)
if [ -n "$flaw" ]; then
  refuse no-rehearsal "$flaw" "Rehearse first: cutover rehearse."
else
  predict_outage
  say "$PREDICTION"
fi
examine_window
rehearsal=null
if [ -z "$flaw" ]; then rehearsal=$(json_string "$(rehearsal_field .run)"); fi
say "The maintenance window has $WINDOW_LEFT s left."
succeed "\"rehearsal\":$rehearsal,\"predictedOutageSeconds\":${PREDICTED:-null},\"windowSecondsLeft\":$WINDOW_LEFT,\"databaseBytes\":$DATABASE_BYTES,\"overridden\":[$OVERRIDDEN]"
