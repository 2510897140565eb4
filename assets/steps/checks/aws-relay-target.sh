#!/bin/bash
# The relay bucket is there, and the target's role may list it and read what lies in it: the source's result of this run.
set -Eeuo pipefail

prefix=runs/$RUN_ID/source/results/
if ! ask relay-list s3api list-objects-v2 --bucket "$RELAY_BUCKET" --prefix "$prefix" --no-paginate; then
  if refused relay-list NoSuchBucket; then refuse "There is no relay bucket $RELAY_BUCKET." "Deploy the runbook stack."; fi
  refuse "The relay bucket $RELAY_BUCKET cannot be listed: $(words_of relay-list)."
fi
rm -f "$ANSWERS/relay-object"
if [ "$(answer_of relay-list "[.Contents[]?.Key] | index(\"${prefix}inspect-source.json\") != null")" = true ]; then
  ask relay-object s3api get-object --bucket "$RELAY_BUCKET" --key "${prefix}inspect-source.json" "$ANSWERS/inspect-source.json" ||
    refuse "What lies in the relay bucket $RELAY_BUCKET cannot be read: $(words_of relay-object)."
  pass "The target reads the relay bucket $RELAY_BUCKET, and the source's result of this run in it."
fi
pass "The target lists the relay bucket $RELAY_BUCKET; nothing of the source's lies there yet for this run."
