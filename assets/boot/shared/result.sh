#!/bin/bash
# How the boot ends: boot.json, the console, the log group, and CloudFormation while it waits.
set -Eeuo pipefail

# note KEY JSON: one more member of boot.json.
note() {
  NOTES+=",\"$1\":$2"
}

# begin STEP: what goes wrong from here on is this step's.
begin() {
  finish_step
  STEP=$1 BEGAN=$SECONDS
}

finish_step() {
  [ "$STEP" = start ] || STEPS+="${STEPS:+,}{\"name\":\"$STEP\",\"seconds\":$((SECONDS - BEGAN))}"
}

# succeed: ends the boot.
succeed() {
  trap - ERR
  finish_step
  conclude SUCCESS booted '"status":"succeeded"'
  say succeeded
  exit 0
}

# fail CODE MESSAGE REMEDY: ends the boot with the cause and what to do about it.
fail() {
  trap - ERR
  local line="FAILED at $STEP [$1] $2 $3"
  say "$line"
  : >"$FILES/failed"
  conclude FAILURE "$1" "\"status\":\"failed\",\"step\":\"$STEP\",\"code\":\"$1\",\"message\":$(json_string "$2"),\"remedy\":$(json_string "$3")"
  exit 1
}

# conclude STATUS CODE MEMBERS: boot.json is there whole or not at all, and then is told to whom it concerns.
conclude() {
  printf '{%s,"bootId":"%s","finishedAt":"%s","steps":[%s]%s}\n' "$3" "$(cat /proc/sys/kernel/random/boot_id)" \
    "$(date -u +%FT%TZ)" "$STEPS" "$NOTES" >"$RESULT.new"
  mv "$RESULT.new" "$RESULT"
  log_result || say "boot.json could not be sent to the log group $LOG_GROUP: $(first_error)."
  signal "$1" "$2" || say "CloudFormation could not be told: $(first_error)."
}

# One stream for each boot of each machine; it outlives the host.
log_result() {
  command -v aws >/dev/null || return 0
  local stream
  stream=boot-$(date -u +%Y%m%dT%H%M%SZ)-$(cut -c1-8 /proc/sys/kernel/random/boot_id)
  aws_bounded logs create-log-stream --log-group-name "$LOG_GROUP" --log-stream-name "$stream" &&
    aws_bounded logs put-log-events --log-group-name "$LOG_GROUP" --log-stream-name "$stream" \
      --log-events "[{\"timestamp\":$(date +%s000),\"message\":$(json_string "$(cat "$RESULT")")}]" >/dev/null
}
