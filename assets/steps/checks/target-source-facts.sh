#!/bin/bash
# Brings here what inspect-source found, as inspect-target does: from the relay, or from this host where it ran here.
set -Eeuo pipefail

remedy="Read what the step inspectSource says; the relay bucket must let the target's role s3:GetObject on runs/*."
from=s3://$RELAY_BUCKET/runs/$RUN_ID/source/results/inspect-source.json
if [ ! -s "$SOURCE_FACTS" ]; then
  if [ -s "$STATE/results/inspect-source.json" ]; then
    cp "$STATE/results/inspect-source.json" "$SOURCE_FACTS.new"
  elif ! AWS_MAX_ATTEMPTS=1 aws s3 cp --only-show-errors --cli-connect-timeout 5 --cli-read-timeout 10 "$from" "$SOURCE_FACTS.new" 2>"$ERRORS"; then
    refuse "What the source is cannot be read at $from: $(first_error)." "$remedy"
  fi
  jq --exit-status '.extensions | objects' "$SOURCE_FACTS.new" >/dev/null ||
    refuse "inspect-source failed before it could read the source: $(jq --raw-output .message "$SOURCE_FACTS.new")" "$remedy"
  mv "$SOURCE_FACTS.new" "$SOURCE_FACTS"
fi
pass "The source has PostgreSQL $(source_field .versions.postgresql), TimescaleDB $(source_field '.versions.timescaledb // "none"') and $(mebibytes "$(source_field .databaseBytes)") of database."
