#!/bin/bash
# The data volume is mounted where the cluster lies: the one that the boot found, for writing, and at the next start too.
set -Eeuo pipefail

# What was mounted last lies on top.
mount=$(findmnt --noheadings --raw --output MAJ:MIN,FSTYPE,OPTIONS --mountpoint "$DATA_MOUNT" | tail -n 1) ||
  refuse "$DATA_MOUNT (target.dataMount) is no mount point: what is written there goes to the root volume."
read -r device kind options <<<"$mount"
[ "$kind" = ext4 ] || refuse "$DATA_MOUNT is of type $kind: the data volume is ext4." "Unmount it (findmnt $DATA_MOUNT tells what it is) and start the mount unit again."
[[ ,$options, != *,ro,* ]] || refuse "$DATA_MOUNT is mounted read-only, as after an error of the volume." "Read journalctl -k, check the volume with e2fsck, and mount it for writing."

volume=$(jq --raw-output '.dataVolume | select(.) | "\(.volumeId) \(.uuid)"' "$STATE_ROOT/boot.json") || volume=''
if [ -n "$volume" ]; then
  expected=$(stat --dereference --format='0x%t 0x%T' "/dev/disk/by-uuid/${volume#* }" | xargs printf '%d:%d')
  [ "$device" = "$expected" ] || refuse "$DATA_MOUNT is mounted from another device ($device) than the data volume ${volume% *} ($expected)." \
    "Unmount it (findmnt $DATA_MOUNT tells what it is) and start the mount unit again."
fi
unit=$(systemd-escape --path --suffix=mount "$DATA_MOUNT")
state=$(systemctl is-enabled "$unit") || : # It says so too when it is not.
[ "$state" = enabled ] || warn "$unit is ${state:-unknown}: at the next start of the target its data volume is not mounted." "Run on the target: systemctl enable $unit"
pass "The data volume ${volume% *} is mounted at $DATA_MOUNT ($kind), and will be at the next start."
