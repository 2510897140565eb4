#!/bin/bash
# The maintenance window is scheduled, and not over.
set -Eeuo pipefail

find_window
if [ -z "$WINDOW_STARTS_AT" ]; then
  warn "maintenanceWindow.startsAt is not set: the window of $WINDOW_SECONDS s begins whenever the cutover is started."
fi
over=$(window_over)
[ -z "$over" ] || refuse "$over" "$WINDOW_OVER_REMEDY"
if [ "$NOW" -lt "$WINDOW_BEGINS" ]; then
  pass "The maintenance window begins at $WINDOW_STARTS_AT, in $(((WINDOW_BEGINS - NOW) / 60)) minutes, and lasts $WINDOW_SECONDS s."
fi
pass "The maintenance window is running: it began at $WINDOW_STARTS_AT, and $WINDOW_LEFT s are left."
