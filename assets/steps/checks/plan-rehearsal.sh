#!/bin/bash
# The record of the last rehearsal on this target.
set -Eeuo pipefail

if [ -e "$STATE_ROOT/rehearsal.json" ]; then
  pass "Rehearsal $(jq --raw-output .run "$STATE_ROOT/rehearsal.json") is on record."
else
  refuse "No rehearsal on this target has succeeded."
fi
