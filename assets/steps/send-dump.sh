#!/bin/bash
# Sends the dump through the relay. The manifest of digests goes last: where it stands, the dump is whole.
set -Eeuo pipefail

[ -s "$DUMP/manifest.sha256" ] || fail no-dump "There is no finished dump in $DUMP." "Run dump first."
to=s3://$RELAY_BUCKET/runs/$RUN_ID/source/dump
remedy="Give this host's role s3:PutObject on runs/*/source/* of the bucket, and check the path to S3."
attempt relay-refused "The dump could not be sent to $to" "$remedy" \
  aws s3 cp --recursive --no-follow-symlinks --only-show-errors --exclude manifest.sha256 "$DUMP" "$to"
attempt relay-refused "The dump's manifest could not be sent to $to" "$remedy" \
  aws s3 cp --only-show-errors "$DUMP/manifest.sha256" "$to/manifest.sha256"
succeed "\"sentBytes\":$(du -sb "$DUMP" | cut -f 1)"
