#!/bin/bash
# Ends what this run still has on the target (units, the dump, a drill's cluster), and gives the lock back. Safe where there is none.
set -Eeuo pipefail

# After a restart of the host its data volume, with the dump on it, may come a moment later.
systemctl start "$(systemd-escape --path --suffix=mount "$DATA_MOUNT")" || say "$DATA_MOUNT is not mounted: a dump on it stays."
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
