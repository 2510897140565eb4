#!/bin/bash
# The records of earlier runs. They are written whole or not at all: one that is damaged all the same is named, and never
# taken for one that is not there.
set -Eeuo pipefail

# refuse_damaged RECORD...
refuse_damaged() {
  local record
  for record in "$@"; do
    if [ -e "$record" ] && ! jq --exit-status 'type == "object"' "$record" >/dev/null 2>&1; then
      fail record-damaged "The record $record on the target is damaged: it is no JSON object. Nothing was changed." \
        "A copy lies in the relay bucket $RELAY_BUCKET under runs/<run>/target/: put it back, or remove the file once you know what it said."
    fi
  done
}
