#!/bin/bash
# Fetches the dump from the relay onto the target's data volume, and checks every file against the manifest.
set -Eeuo pipefail

from=s3://$RELAY_BUCKET/runs/$RUN_ID/source/dump
remedy="Give the target's role s3:GetObject and s3:ListBucket on runs/* of the bucket, and check the path to S3."
make_dump_directory
attempt dump-not-sent "There is no whole dump at $from" "Run send-dump first; $remedy" \
  aws s3 cp --only-show-errors "$from/manifest.sha256" "$DUMP/manifest.sha256"
attempt relay-refused "The dump could not be fetched from $from" "$remedy" \
  aws s3 cp --recursive --only-show-errors "$from" "$DUMP"
verify() { (cd "$DUMP" && sha256sum --check --strict --quiet manifest.sha256 2>&1 >&2); }
attempt dump-damaged "The dump came across damaged" "Start a new run; if it recurs, check the disks of both hosts." verify
seal "$DUMP"
succeed "\"fetchedBytes\":$(du -sb "$DUMP" | cut -f 1)"
