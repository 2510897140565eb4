#!/bin/bash
# Ends all that this run has on the dump host: its units, its sessions on the source, its snapshot, its dump and the
# source's password; and sends what earlier steps have left for the relay. Safe where there is none; runs after a failure
# too, and needs no room on a disk.
set -Eeuo pipefail

readonly OF_RUN=$STATE_ROOT/$RUN_ID

# The folder may have been lost with a host.
send_what_is_left() {
  local left=$OF_RUN/unsent/$SIDE
  [ -n "$(ls --almost-all "$left" 2>/dev/null || :)" ] || return 0
  attempt relay-refused "The results of earlier steps could not be put in the relay bucket $RELAY_BUCKET" \
    "Give this host's role s3:PutObject on runs/*/$SIDE/* of the bucket, then run the step again." \
    aws s3 cp --recursive --only-show-errors "$left" "s3://$RELAY_BUCKET/runs/$RUN_ID/$SIDE/results" >&2
  rm -rf -- "$left"
}

trap 'rm -rf -- "/run/timescale-cutover/$RUN_ID"' EXIT
systemctl stop "timescale-cutover-$RUN_ID-*.service"
remove_dump
rm -rf -- "$OF_RUN/snapshot"
send_what_is_left
succeed '"source":"released"'
