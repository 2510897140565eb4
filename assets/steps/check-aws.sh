#!/bin/bash
# Preflight's checks of AWS, made on the target with the target's role. Changes nothing.
set -Eeuo pipefail

readonly ANSWERS=$STATE/answers/$STEP
install -d -m 0700 "$STATE/answers" "$ANSWERS"

# ask NAME COMMAND...: AWS's answer, in JSON, into $ANSWERS/NAME. Gives false, and what was said into NAME.errors, where AWS
# refuses or does not answer: one attempt, so that the finding comes before the check's time is over.
ask() {
  local name=$1 status=0
  shift
  AWS_MAX_ATTEMPTS=1 timeout --foreground --kill-after=2 18 aws --cli-connect-timeout 5 --cli-read-timeout 10 --output json \
    "$@" >"$ANSWERS/$name" 2>"$ANSWERS/$name.errors" || status=$?
  if [ "$status" = 124 ] || [ "$status" = 137 ]; then echo "error: AWS did not answer \`aws $1 $2\` within 18 s" >"$ANSWERS/$name.errors"; fi
  return "$status"
}

# need NAME COMMAND...: the same, or the check could not be made.
need() {
  ask "$@" || unmade "$(words_of "$1")."
}

# answer_of NAME FILTER: a field of the answer.
answer_of() {
  jq --raw-output "$2" "$ANSWERS/$1"
}

# words_of NAME: why the question had no answer.
words_of() {
  cp "$ANSWERS/$1.errors" "$ERRORS"
  first_error
}

# refused NAME CODE: whether AWS's error is the one of that name.
refused() {
  grep -q "($2)" "$ANSWERS/$1.errors"
}

# read_secret_value NAME: its text on standard output, for a pipe: it is written to no file.
read_secret_value() {
  AWS_MAX_ATTEMPTS=1 timeout --foreground --kill-after=2 18 aws --cli-connect-timeout 5 --cli-read-timeout 10 \
    secretsmanager get-secret-value --secret-id "$1" --query SecretString --output text 2>"$ERRORS"
}

# What the switch's own steps refuse, a check that uses their functions refuses.
as_in_the_switch() {
  export AWS_MAX_ATTEMPTS=1
  # shellcheck disable=SC2317,SC2329 # called by what is in shared/
  fail() { refuse "$2" "$3"; }
}

make_checks
conclude_checks
