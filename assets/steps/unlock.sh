#!/bin/bash
# Ends what this run still has on the target (units, the dump, a drill's cluster), and gives the lock back. Safe where there is none.
set -Eeuo pipefail

readonly LOCK=$STATE_ROOT/lock

systemctl stop "timescale-cutover-$RUN_ID-*.service"
rm -rf -- "${DUMP:?}" "/run/timescale-cutover/$RUN_ID"
if [ -e "$LOCK" ] && read -r holder _ <"$LOCK" && [ "$holder" = "$RUN_ID" ]; then
  remove_drills
  rm "$LOCK"
fi
succeed '"lock":"free"'
