#!/bin/bash
# The boot of this start of the host ended well; its record is written anew at every start.
set -Eeuo pipefail

record=$STATE_ROOT/boot.json
[ -s "$record" ] || warn "The target has no $record: its host stack's boot has never ended there."
if [ "$(jq --raw-output .status "$record")" != succeeded ]; then
  refuse "The target's boot failed at $(jq --raw-output '"\(.step) (\(.code)): \(.message)"' "$record")" "$(jq --raw-output .remedy "$record")"
fi
if [ "$(jq --raw-output .bootId "$record")" != "$(cat /proc/sys/kernel/random/boot_id)" ]; then
  refuse "The boot of this start of the target has not ended; the last that did ended at $(jq --raw-output .finishedAt "$record")."
fi
pass "The boot of this start ended well at $(jq --raw-output .finishedAt "$record")."
