#!/bin/bash
# When to decide, at the latest, for a rollback that ends within the window: its fence and switch take what the cutover's do.
set -Eeuo pipefail

find_todays_size
predict_outage
find_window
begins=$((NOW < WINDOW_BEGINS ? WINDOW_BEGINS : NOW))
rollback=$((IN_FLIGHT_SECONDS + SWITCH_SECONDS))
deadline=$((WINDOW_BEGINS + WINDOW_SECONDS - rollback))
room=$((deadline - begins - PREDICTED))
if [ "$room" -le 0 ]; then
  warn "The outage may last $PREDICTED s: after it the window has no room for a rollback, which takes about $rollback s and what carrying the writes takes."
fi
if [ -z "$WINDOW_STARTS_AT" ]; then
  pass "A rollback takes about $rollback s and what carrying the writes takes: after the switch $room s are left to decide for one within the window."
fi
pass "A rollback within the window is to be decided by $(date -u -d "@$deadline" +%FT%TZ): after the switch $room s are left for that, and it takes about $rollback s and what carrying the writes takes."
