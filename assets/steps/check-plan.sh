#!/bin/bash
# Preflight's checks of the plan, made on the target, where the records of rehearsals and cutovers are. Changes nothing.
set -Eeuo pipefail

# find_todays_size: DATABASE_BYTES, as inspect-source of this run found it; its result lies in the relay.
find_todays_size() {
  local found=$STATE/inspect-source.json
  if [ ! -s "$found" ]; then
    AWS_MAX_ATTEMPTS=1 timeout --foreground --kill-after=2 18 aws --cli-connect-timeout 5 --cli-read-timeout 10 s3 cp --only-show-errors \
      "s3://$RELAY_BUCKET/runs/$RUN_ID/source/results/inspect-source.json" "$found.new" 2>"$ERRORS" >&2 ||
      unmade "today's size of $DATABASE is not known: the result of inspect-source of this run could not be fetched from the relay ($(first_error))."
    mv "$found.new" "$found"
  fi
  DATABASE_BYTES=$(jq --raw-output '.databaseBytes // empty' "$found")
  if [ -z "$DATABASE_BYTES" ]; then
    unmade "today's size of $DATABASE is not known: inspect-source of this run found none ($(jq --raw-output '.message // "no message"' "$found"))."
  fi
}

make_checks
conclude_checks
