#!/bin/bash
# Ends the sessions and jobs that a fence of this run waits for. The fence sees that they are gone, and goes on.
set -Eeuo pipefail

read_standing
if [ "$(standing run)" != "$RUN_ID" ] || [ "$(standing phase)" != fenced ]; then
  fail not-fenced "The $SIDE is not fenced by run $RUN_ID, so nothing waits for its sessions. Nothing was ended." \
    "Give the id of the run that asks: cutover status shows it."
fi
look end-in-flight
say "Ended: $(found_sessions | paste -sd ';')"
succeed "\"endedSessions\":$(ended_sessions)"
