#!/bin/bash
# What the last rehearsal on this target says of a cutover: whether it counts, how long the outage may last, and whether that
# fits in the maintenance window. The gate refuses by it, preflight tells it beforehand. Changes nothing.
set -Eeuo pipefail

readonly REHEARSAL=$KEPT/rehearsal.json SIGNOFF=$KEPT/signoff.json
readonly WINDOW_BEGAN=$STATE/window-began
NOW=$(date +%s)
readonly NOW

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
    local hours
    hours=$(rehearsal_hours)
    [ "$hours" -lt "$REHEARSAL_MAX_AGE_HOURS" ] ||
      echo "The last rehearsal, $(rehearsal_field .run), is $hours hours old; cutover.rehearsalMaxAgeHours is $REHEARSAL_MAX_AGE_HOURS."
  fi
}

# How long ago it ended, in whole hours.
rehearsal_hours() {
  printf '%d' $(((NOW - $(date -d "$(rehearsal_field .finishedAt)" +%s)) / 3600))
}

# Sets PREDICTED: the rehearsal's seconds for a database of today's size (DATABASE_BYTES), what work in flight may take, and
# the steps that only a cutover has.
predict_outage() {
  local seconds rehearsed
  seconds=$(rehearsal_field .seconds)
  rehearsed=$(rehearsal_field .databaseBytes)
  PREDICTED=$((seconds * DATABASE_BYTES / rehearsed + 1 + IN_FLIGHT_SECONDS + SWITCH_SECONDS))
  PREDICTION="Rehearsal $(rehearsal_field .run) took $seconds s for $(mebibytes "$rehearsed"). With $(mebibytes "$DATABASE_BYTES") today, up to $IN_FLIGHT_SECONDS s for work in flight and $SWITCH_SECONDS s for fence and switch, the outage may last $PREDICTED s."
}

# Sets WINDOW_BEGINS and WINDOW_LEFT, in seconds; a window without a beginning begins when the run's gate first looks.
find_window() {
  WINDOW_BEGINS=$NOW
  if [ -n "$WINDOW_STARTS_AT" ]; then
    WINDOW_BEGINS=$(date -d "$WINDOW_STARTS_AT" +%s)
  elif [ -s "$WINDOW_BEGAN" ]; then
    WINDOW_BEGINS=$(cat "$WINDOW_BEGAN")
  fi
  WINDOW_LEFT=$((WINDOW_BEGINS + WINDOW_SECONDS - NOW))
}

# Why the window is no more, and the remedy; nothing where it is not over. find_window comes first.
window_over() {
  [ "$WINDOW_LEFT" -gt 0 ] ||
    echo "The maintenance window is over: it ended $((-WINDOW_LEFT / 60)) minutes ago (it began at $(date -u -d "@$WINDOW_BEGINS" +%FT%TZ) and had $WINDOW_SECONDS s)."
}
readonly WINDOW_OVER_REMEDY="Agree on another, and set maintenanceWindow.startsAt."

# outage_too_long SECONDS: why an outage of PREDICTED s does not fit in that many; nothing where it does.
outage_too_long() {
  [ "${PREDICTED:-0}" -le "$1" ] || echo "The outage may last $PREDICTED s; the maintenance window has $1 s left."
}
readonly OUTAGE_REMEDY="Agree on a longer one (maintenanceWindow.hours), or begin earlier in it (maintenanceWindow.startsAt)."

# Why nothing can be cut over any more: the run that signed the move off; nothing where none did.
signoff_of_database() {
  if [ -e "$SIGNOFF" ] && [ "$(jq --raw-output .database "$SIGNOFF")" = "$DATABASE" ]; then jq --raw-output "${1:-.run}" "$SIGNOFF"; fi
}
