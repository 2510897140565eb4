#!/bin/bash
# Room beside the data volume for logs and the runs' records, and inodes on every volume.
set -Eeuo pipefail

readonly ENOUGH=$((2 * 1024 * 1024 * 1024)) LEAST=$((256 * 1024 * 1024)) LEAST_INODES_PERCENT=5
shown='' low=''
while read -r place free inodes left; do
  # The data volume's room is target-room's.
  if [ "$place" != "$DATA_MOUNT" ]; then
    shown+="${shown:+, }$place $(mebibytes "$free")"
    if [ "$free" -lt "$LEAST" ]; then refuse "$place has $(mebibytes "$free") free: logs and the run's records may not fit."; fi
    if [ "$free" -lt "$ENOUGH" ]; then low+="${low:+, }$place $(mebibytes "$free")"; fi
  fi
  # Some file systems count no inodes.
  if [ "$inodes" -gt 0 ] && [ $((left * 100)) -lt $((inodes * LEAST_INODES_PERCENT)) ]; then
    low+="${low:+, }$place $left of $inodes inodes"
  fi
done < <(df --output=target,avail,itotal,iavail -B1 / /var/log "$STATE_ROOT" "$PGBACKREST_LOG" "$PGBACKREST_SPOOL" "$DATA_MOUNT" | tail -n +2 | sort -u)
[ -n "$shown" ] || unmade "df names no volume."
[ -z "$low" ] || warn "Little is free: $low."
pass "Free: ${shown}."
