#!/bin/bash
# Waits for the data volume by its id, formats it only when it is blank, and mounts it by UUID. PostgreSQL cannot start
# without the mount, and nothing can be written where it belongs while it is missing.
set -Eeuo pipefail

# EC2 names a volume's device by its id; the order of NVMe devices varies from one start to the next.
readonly DEVICE=/dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_${VOLUME_ID/-/}
readonly VOLUME_LABEL=timescale-data FORMATTING=$STATE/formatting MIB=1048576
MOUNT_UNIT=$(systemd-escape --path --suffix=mount "$DATA_MOUNT")

wait_for_volume() {
  local end=$((SECONDS + VOLUME_WAIT_SECONDS))
  [ -b "$DEVICE" ] || say "waiting for the data volume $VOLUME_ID"
  until [ -b "$DEVICE" ]; do
    [ "$SECONDS" -lt "$end" ] ||
      fail volume-absent "The data volume $VOLUME_ID was not attached within $VOLUME_WAIT_SECONDS seconds ($DEVICE is not there)." \
        'Attach it to this instance, then run: systemctl restart timescale-cutover-boot.'
    sleep 1
  done
}

# The marker tells a format that was cut short from data that somebody else left. It is on disk before the first byte.
format() {
  say "formatting the blank volume $VOLUME_ID"
  echo "$VOLUME_ID" >"$FORMATTING"
  sync "$FORMATTING"
  attempt volume-not-formatted "The blank volume $VOLUME_ID could not be formatted" 'Look at the volume, then start the boot again.' \
    mkfs.ext4 -q -F -m 1 -L "$VOLUME_LABEL" "$DEVICE"
  sync "$DEVICE"
  rm "$FORMATTING"
}

# Half a file system holds no file; what holds one was put there since, and is looked into as anything else is.
format_was_cut_short() {
  [ "$(cat "$FORMATTING" 2>/dev/null || :)" = "$VOLUME_ID" ] || return
  if ! holds_files; then return 0; fi
  rm "$FORMATTING"
  return 1
}

# Empty folders that packages made may go; a file there would be data on the root disk.
guard_mount_point() {
  install -d "$DATA_MOUNT"
  find "$DATA_MOUNT" -mindepth 1 -depth -type d -empty -delete
  [ -z "$(ls -A "$DATA_MOUNT")" ] ||
    fail mount-point-not-empty "$DATA_MOUNT holds files on the root disk ($(find "$DATA_MOUNT" -mindepth 1 -maxdepth 1 -printf '%f\n' | sed -n 1,5p | xargs))." \
      'Move them away: the cluster lies on the data volume only. Then run: systemctl restart timescale-cutover-boot.'
  chattr +i "$DATA_MOUNT"
}

# Even before there is a volume: until it is mounted nobody's cluster can come to lie here.
require_mount() {
  CHANGED=no
  write_file /etc/systemd/system/postgresql@.service.d/timescale-cutover.conf 0644 root:root <<UNIT
[Unit]
RequiresMountsFor=$DATA_MOUNT
AssertPathIsMountPoint=$DATA_MOUNT
UNIT
  [ "$CHANGED" = no ] || systemctl daemon-reload
  mountpoint --quiet "$DATA_MOUNT" || guard_mount_point
}

# A native unit, not fstab: PostgreSQL's own requires the mount, and a volume that is late keeps no host from starting.
mount_volume() {
  CHANGED=no
  write_file "/etc/systemd/system/$MOUNT_UNIT" 0644 root:root <<UNIT
[Unit]
Description=Data volume $VOLUME_ID of PostgreSQL
[Mount]
What=/dev/disk/by-uuid/$UUID
Where=$DATA_MOUNT
Type=ext4
Options=nodev,nosuid,noatime
[Install]
WantedBy=multi-user.target
UNIT
  [ "$CHANGED" = no ] || systemctl daemon-reload
  systemctl is-enabled --quiet "$MOUNT_UNIT" || systemctl enable --quiet "$MOUNT_UNIT"
  attempt volume-not-mounted "The data volume $VOLUME_ID could not be mounted at $DATA_MOUNT" 'Read journalctl -b, mend the cause, and start the boot again.' \
    systemctl start "$MOUNT_UNIT"
}

# udev names a file system's device by its UUID a moment after it was made.
wait_for_name() {
  local end=$((SECONDS + 60))
  until [ -b "/dev/disk/by-uuid/$UUID" ]; do
    [ "$SECONDS" -lt "$end" ] ||
      fail volume-without-name "/dev/disk/by-uuid/$UUID did not appear." 'Read journalctl -u systemd-udevd, then start the boot again.'
    sleep 0.2
  done
}

require_mount
wait_for_volume
# At a later start systemd may be mounting it at this very moment.
if [ -e "/etc/systemd/system/$MOUNT_UNIT" ]; then
  systemctl start "$MOUNT_UNIT" || say "$MOUNT_UNIT did not start: looking at the volume"
fi
FOUND=mounted
if ! mountpoint --quiet "$DATA_MOUNT"; then
  FOUND=blank
  if is_blank || format_was_cut_short; then format; else look_into; fi
fi
UUID=$(blkid --probe --match-tag UUID --output value "$DEVICE")
wait_for_name
mount_volume
[ "$(findmnt --noheadings --output MAJ:MIN --mountpoint "$DATA_MOUNT" | xargs)" = "$(stat -L -c '0x%t 0x%T' "$DEVICE" | xargs printf '%d:%d')" ] ||
  fail volume-not-mounted "$DATA_MOUNT is mounted from another device than the data volume $VOLUME_ID." "Unmount it (findmnt $DATA_MOUNT tells what it is), then start the boot again."
note dataVolume "{\"volumeId\":\"$VOLUME_ID\",\"device\":\"$(readlink -f "$DEVICE")\",\"uuid\":\"$UUID\",\"found\":\"$FOUND\",\"bytes\":$(blockdev --getsize64 "$DEVICE")}"
