#!/bin/bash
# This host's clock against AWS's own: the Date that S3's endpoint answers with, whether or not it lets the request in.
set -Eeuo pipefail

readonly CLOCK_WARN_SECONDS=2 CLOCK_FAIL_SECONDS=60
readonly CLOCK_REMEDY="Let chrony or systemd-timesyncd keep this host's time; on EC2 the server 169.254.169.123 gives it."

# check_clock HOST: ends the check. HOST begins the finding, such as "The dump host".
check_clock() {
  local endpoint=${AWS_ENDPOINT_URL_S3:-${AWS_ENDPOINT_URL:-https://s3.$AWS_SSM_REGION_NAME.amazonaws.com}}
  local before after date answered=$STATE/logs/$STEP.clock
  command -v curl >/dev/null || unmade "$1 has no curl." "Install curl there."
  before=$(date +%s%3N)
  if ! curl --silent --show-error --head --max-time 5 "$endpoint" >"$answered" 2>"$ERRORS"; then
    unmade "$endpoint gives no time: $(first_error | sed 's/^curl: //')." "Open this host's way to S3."
  fi
  after=$(date +%s%3N)
  date=$(sed -n 's/^[Dd]ate: *//p' "$answered" | tr -d '\r' | sed -n 1p)
  [ -n "$date" ] || unmade "$endpoint answers without a Date."
  judge_clock "$1" "$before" "$after" "$(($(date --date="$date" +%s) * 1000))"
}

# judge_clock HOST BEFORE AFTER DATE, in milliseconds: the Date was written between the two looks and is cut to its
# second, so what counts is by how much the clock differs at the least.
judge_clock() {
  local ahead=$(($2 - $4 - 1000)) behind=$(($4 - $3)) distance=0 direction=of
  if [ "$ahead" -gt 0 ]; then distance=$ahead direction='ahead of'; fi
  if [ "$behind" -gt 0 ]; then distance=$behind direction=behind; fi
  local shown
  shown="at least $((distance / 1000)).$((distance % 1000 / 100)) s $direction AWS's"
  if [ "$distance" -gt $((CLOCK_FAIL_SECONDS * 1000)) ]; then
    refuse "$1's clock is $shown; at 300 s AWS refuses every signed request." "$CLOCK_REMEDY"
  elif [ "$distance" -gt $((CLOCK_WARN_SECONDS * 1000)) ]; then
    warn "$1's clock is $shown: the times of the two hosts' logs and records do not fit together." "$CLOCK_REMEDY"
  fi
  pass "$1's clock differs by no more than $CLOCK_WARN_SECONDS s from AWS's."
}
