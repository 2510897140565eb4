#!/bin/bash
# The relay bucket is there, and the target's role may list it.
set -Eeuo pipefail

aws s3api head-bucket --bucket "$RELAY_BUCKET" >&2
pass "The relay bucket $RELAY_BUCKET answers."
