#!/bin/bash
# Work that was begun before a fence: it may finish, for a while; then it is ended, or a person is asked.
set -Eeuo pipefail

# Sessions that a look found: ended=... or late=..., a line each. All that were ended, over all looks.
FOUND_SESSIONS='' ENDED_SESSIONS=''

# look NAME: ends sessions as that file of assets/sql/fence says.
look() {
  into FOUND_SESSIONS "$SIDE-unreadable" "The sessions on the $SIDE could not be looked at" "sessions $1"
  ENDED_SESSIONS+=$'\n'$(sed -n 's/^ended=//p' <<<"$FOUND_SESSIONS")
}

# wait_for_sessions SECONDS: until nobody is left, but no longer.
wait_for_sessions() {
  local until=$((SECONDS + $1))
  while :; do
    look end-idle
    [ -n "$FOUND_SESSIONS" ] || return 0
    [ "$SECONDS" -lt "$until" ] || return 1
    sleep 0.5
  done
}

found_sessions() {
  cut -d= -f2- <<<"$FOUND_SESSIONS"
}

# Each session once, though it takes several looks to end.
ended_sessions() {
  sed '/^$/d' <<<"$ENDED_SESSIONS" | cut -d' ' -f2 | sort -u | wc -l
}

# put_question JSON: what the operator is asked; an empty object when it is answered.
put_question() {
  printf '%s\n' "$1" >"$STATE/question.json"
  attempt relay-refused "The question could not be put in the relay bucket $RELAY_BUCKET" "Give this host's role s3:PutObject on runs/*/$SIDE/* of the bucket." \
    aws s3 cp --only-show-errors "$STATE/question.json" "s3://$RELAY_BUCKET/runs/$RUN_ID/$SIDE/question.json"
}

ask() {
  local name names='' answered=yes
  while read -r name; do names+=",$(json_string "$name")"; done < <(found_sessions)
  say "Still at work after $IN_FLIGHT_SECONDS s: $(found_sessions | paste -sd ';')"
  put_question "{\"step\":\"$STEP\",\"asks\":\"These began before the fence and are still at work: end them, or wait?\",\"sessions\":[${names#,}],\"until\":\"$(date -u -d "+$ASK_SECONDS seconds" +%FT%TZ)\"}"
  wait_for_sessions "$ASK_SECONDS" || answered=no
  put_question '{}'
  [ "$answered" = yes ]
}

# let_work_finish MODE: ask or end.
let_work_finish() {
  wait_for_sessions "$IN_FLIGHT_SECONDS" && return
  if [ "$1" = end ]; then
    look end-in-flight
    wait_for_sessions 15 && return
  elif ask; then
    return
  fi
  fail in-flight "On the $SIDE these are still at work since before the fence: $(found_sessions | paste -sd ';')." \
    "Run again when they are done; or end them: cutover end-in-flight while the run asks, or --in-flight end from the start."
}
