#!/bin/bash
# Marks the fenced source as switched away from: from here on nothing but a rollback opens it.
set -Eeuo pipefail

read_standing
refuse_standby "Until this step has run there, nothing but its fence keeps the source from being opened."
if [ "$(standing run)" != "$RUN_ID" ]; then
  fail not-fenced "The source is not fenced by run $RUN_ID (marker of run $(standing run | grep . || echo none)), though the application was switched away from it." \
    "See at once who writes there: SELECT * FROM pg_stat_activity. Rows written there since the switch are not on the target."
fi
attempt retire-failed "The source's marker could not be changed" "Read the message, then call this step again." fence_sql retire >&2
succeed '"phase":"switched"'
