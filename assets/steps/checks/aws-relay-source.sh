#!/bin/bash
# The dump host's role may put into the relay: inspect-source's result of this run came there from the dump host.
set -Eeuo pipefail

result=runs/$RUN_ID/source/results/inspect-source.json
if [ "$(answer_of relay-list "[.Contents[]?.Key] | index(\"$result\") != null")" = true ]; then
  pass "The dump host has put its result of this run into the relay bucket."
fi
refuse "Nothing came from the dump host into the relay bucket $RELAY_BUCKET in this run: $result is missing."
