#!/bin/bash
# The one read that the source's role may make in the relay bucket: what a rollback would bring. To put an object there
# would write; check-aws asks IAM for that.
set -Eeuo pipefail

if ! bounded_aws s3api list-objects-v2 --bucket "$RELAY_BUCKET" --prefix "runs/$RUN_ID/target/writes/" --max-items 1 >/dev/null 2>"$ERRORS"; then
  refuse "The dump host cannot look into the relay bucket $RELAY_BUCKET: $(first_error)."
fi
pass "The relay bucket $RELAY_BUCKET answers the dump host."
