#!/bin/bash
# Whether a cutover may begin: nothing is switched yet, it was rehearsed lately, and the outage that the rehearsal
# predicts fits in what is left of the maintenance window. Changes nothing.
set -Eeuo pipefail

readonly REHEARSAL=$STATE_ROOT/rehearsal.json SIGNOFF=$STATE_ROOT/signoff.json ALLOW=${SSM_Allow-}
NOW=$(date +%s)
readonly NOW

# refuse CODE MESSAGE REMEDY: ends the step, unless whoever started the run overrode the refusal by its name.
refuse() {
  if [[ ,$ALLOW, == *,$1,* ]]; then
    say "OVERRIDDEN [$1] $2"
    OVERRIDDEN+="${OVERRIDDEN:+,}\"$1\""
  else
    fail "$1" "$2" "$3 To begin all the same, start the run with --allow $1."
  fi
}

rehearsal_field() {
  jq --raw-output "$1 // empty" "$REHEARSAL"
}

# Why the last rehearsal does not count; nothing where it does.
rehearsal_flaw() {
  if [ ! -e "$REHEARSAL" ]; then
    echo "No rehearsal on this target has succeeded."
  elif ! jq --exit-status '.kind == "rehearsal" and (.finishedAt | type) == "string" and .seconds >= 0 and .databaseBytes > 0' "$REHEARSAL" >/dev/null 2>"$ERRORS"; then
    echo "The record of the last rehearsal ($REHEARSAL on the target) cannot be read."
  elif [ "$(rehearsal_field .database)" != "$DATABASE" ]; then
    echo "The last rehearsal, $(rehearsal_field .run), was of the database $(rehearsal_field .database), not of $DATABASE."
  elif [ "$(rehearsal_field .source)" != "$SOURCE_IDENTITY" ]; then
    echo "The last rehearsal, $(rehearsal_field .run), was of the source $(rehearsal_field .source), not of $SOURCE_IDENTITY."
  elif [ "$(rehearsal_field .outcome)" != succeeded ]; then
    echo "The last rehearsal, $(rehearsal_field .run), $(rehearsal_field .outcome)."
  else
    local hours=$(((NOW - $(date -d "$(rehearsal_field .finishedAt)" +%s)) / 3600))
    [ "$hours" -lt "$REHEARSAL_MAX_AGE_HOURS" ] ||
      echo "The last rehearsal, $(rehearsal_field .run), is $hours hours old; cutover.rehearsalMaxAgeHours is $REHEARSAL_MAX_AGE_HOURS."
  fi
}

# Sets PREDICTED: the rehearsal's seconds for a database of today's size, what work in flight may take, and the steps that
# only a cutover has.
predict_outage() {
  local seconds rehearsed
  seconds=$(rehearsal_field .seconds)
  rehearsed=$(rehearsal_field .databaseBytes)
  PREDICTED=$((seconds * DATABASE_BYTES / rehearsed + 1 + IN_FLIGHT_SECONDS + SWITCH_SECONDS))
  say "Rehearsal $(rehearsal_field .run) took $seconds s for $(mebibytes "$rehearsed"). With $(mebibytes "$DATABASE_BYTES") today, up to $IN_FLIGHT_SECONDS s for work in flight and $SWITCH_SECONDS s for fence and switch, the outage may last $PREDICTED s."
}

# Sets WINDOW_LEFT.
examine_window() {
  local begins=$NOW
  if [ -n "$WINDOW_STARTS_AT" ]; then begins=$(date -d "$WINDOW_STARTS_AT" +%s); fi
  WINDOW_LEFT=$((begins + WINDOW_SECONDS - NOW))
  if [ "$NOW" -lt "$begins" ]; then
    refuse window "The maintenance window has not begun: it begins at $WINDOW_STARTS_AT, in $(((begins - NOW + 59) / 60)) minutes." \
      "Wait until then, or correct maintenanceWindow.startsAt."
  elif [ "$WINDOW_LEFT" -le 0 ]; then
    refuse window "The maintenance window is over: it ended $((-WINDOW_LEFT / 60)) minutes ago (it began at $WINDOW_STARTS_AT and had $WINDOW_SECONDS s)." \
      "Agree on another, and set maintenanceWindow.startsAt."
  elif [ "${PREDICTED:-0}" -gt "$WINDOW_LEFT" ]; then
    refuse window "The outage may last $PREDICTED s; the maintenance window has $WINDOW_LEFT s left." \
      "Agree on a longer one (maintenanceWindow.hours), or begin earlier in it (maintenanceWindow.startsAt)."
  fi
}

if [ -e "$SIGNOFF" ] && [ "$(jq --raw-output .database "$SIGNOFF")" = "$DATABASE" ]; then
  fail signed-off "The move of $DATABASE was signed off by run $(jq --raw-output .run "$SIGNOFF"): it is over." \
    "There is nothing to cut over; see cutover run $(jq --raw-output .cutoverRun "$SIGNOFF")."
fi
read_secret
if [ "$(secret_truth)" = target ]; then
  fail already-switched "The secret $APPLICATION_SECRET points at the target, $TARGET_APPLICATION_PLACE: an earlier cutover switched, and the target is the truth." \
    "Go back by cutover rollback, or make the move final by cutover signoff."
fi
DATABASE_BYTES=$(jq '.databaseBytes' "$STATE/inspect-source.json")
OVERRIDDEN='' PREDICTED=''
flaw=$(rehearsal_flaw)
if [ -n "$flaw" ]; then
  refuse no-rehearsal "$flaw" "Rehearse first: cutover rehearse."
else
  predict_outage
fi
examine_window
rehearsal=null
if [ -z "$flaw" ]; then rehearsal=$(json_string "$(rehearsal_field .run)"); fi
say "The maintenance window has $WINDOW_LEFT s left."
succeed "\"rehearsal\":$rehearsal,\"predictedOutageSeconds\":${PREDICTED:-null},\"windowSecondsLeft\":$WINDOW_LEFT,\"databaseBytes\":$DATABASE_BYTES,\"overridden\":[$OVERRIDDEN]"
