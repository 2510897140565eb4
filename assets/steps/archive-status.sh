#!/bin/bash
# What the host's own timer finds, for a person who asks now. Only reads.
set -Eeuo pipefail

readonly PROGRAM=/usr/local/sbin/timescale-cutover-archive-status
[ -x "$PROGRAM" ] || fail archive-status-missing "There is no $PROGRAM on the target." \
  "Deploy the host stack, then on the target: systemctl restart timescale-cutover-boot."
status=$(timeout --kill-after=5 120 "$PROGRAM" 2>"$ERRORS") || fail archive-status-failed "$PROGRAM ended with $?: $(first_error)." \
  "Read the message; on the target: journalctl -u timescale-cutover-archive-status."
succeed "\"archive\":$status"
