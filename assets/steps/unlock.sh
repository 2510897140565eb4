#!/bin/bash
# Ends what this run still has on the target (units, the dump, a drill's cluster), and gives the lock back. Safe where there is none.
set -Eeuo pipefail

systemctl stop "timescale-cutover-$RUN_ID-*.service"
remove_dump
rm -rf -- "/run/timescale-cutover/$RUN_ID"
hold_lock_file
read_lock
if [ "$HOLDER" = "$RUN_ID" ]; then
  remove_drills
  rm "$LOCK"
fi
succeed '"lock":"free"'
