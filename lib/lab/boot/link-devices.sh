#!/bin/bash
# Keeps the links by which a data volume is found: by the volume's id, and by the UUID of what is on it. udev makes them
# on EC2; in a container it does not run, and nothing tells of a device or of what was written to it: so this looks.
# Usage: link-devices.sh VOLUME-ID
set -Eeuo pipefail

device=/dev/nvme1n1
by_id=/dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_${1/-/}
linked=nothing
# Until there are links, somebody may be waiting for them.
pause=0.2

link_device() {
  local uuid
  [ -b "$device" ] || return 0
  uuid=$(blkid --probe --match-tag UUID --output value "$device" || :) # Nothing while it is blank.
  [ "$uuid" != "$linked" ] || return 0
  find /dev/disk/by-uuid -lname "../..${device#/dev}" -delete
  ln -sfn "../..${device#/dev}" "$by_id"
  [ -z "$uuid" ] || ln -sfn "../..${device#/dev}" "/dev/disk/by-uuid/$uuid"
  linked=$uuid
  if [ -n "$uuid" ]; then pause=1; else pause=0.2; fi
}

mkdir -p /dev/disk/by-id /dev/disk/by-uuid
link_device
systemd-notify --ready
while sleep "$pause"; do link_device; done
