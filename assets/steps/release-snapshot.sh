#!/bin/bash
# Lets the snapshot go. Safe where none is held.
set -Eeuo pipefail

systemctl stop "timescale-cutover-$RUN_ID-hold-snapshot.service"
rm -f "$STATE/snapshot"
succeed '"snapshot":"released"'
