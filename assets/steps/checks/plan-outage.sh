#!/bin/bash
# The outage that the rehearsal predicts for today's size fits in the window, or in what is left of it.
set -Eeuo pipefail

find_todays_size
predict_outage
find_window
if [ "$NOW" -lt "$WINDOW_BEGINS" ]; then WINDOW_LEFT=$WINDOW_SECONDS; fi
too_long=$(outage_too_long "$WINDOW_LEFT")
[ -z "$too_long" ] || refuse "$too_long $PREDICTION"
pass "The outage may last $PREDICTED s of the window's $WINDOW_LEFT s: rehearsal $(rehearsal_field .run) took $(rehearsal_field .seconds) s for $(mebibytes "$(rehearsal_field .databaseBytes)"), and today $DATABASE has $(mebibytes "$DATABASE_BYTES")."
