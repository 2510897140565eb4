#!/bin/bash
# The data volume is as large as the environment says, and the file system fills it.
set -Eeuo pipefail

gibibytes() { awk -v bytes="$1" 'BEGIN { printf "%.1f GiB", bytes / 1073741824 }'; }

device=$(findmnt --noheadings --raw --output SOURCE --mountpoint "$DATA_MOUNT" | tail -n 1)
volume=$(blockdev --getsize64 "$device")
files=$(df --output=size -B1 "$DATA_MOUNT" | tail -n 1 | tr -d ' ')
if [ $((volume + 1048576)) -lt $((DATA_VOLUME_GIB * 1073741824)) ]; then
  warn "The data volume is of $(gibibytes "$volume"); target.dataVolumeGiB says $DATA_VOLUME_GIB GiB." "Enlarge the volume (deploy the host stack), then run on the target: resize2fs $device"
fi
# ext4's own tables take less than a twentieth.
[ $((files * 10)) -ge $((volume * 9)) ] || warn "The file system at $DATA_MOUNT has $(gibibytes "$files") of the volume's $(gibibytes "$volume")." "Run on the target: resize2fs $device"
pass "The data volume is of $(gibibytes "$volume"), as target.dataVolumeGiB says ($DATA_VOLUME_GIB GiB)."
