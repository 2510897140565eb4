#!/bin/bash
# Turns archiving on and proves it: a segment of this moment must be in each repository before the application comes.
# PostgreSQL's statistics and pgBackRest's check call archived what was dropped on the way.
set -Eeuo pipefail

refuse_other_archiving() {
  local found
  found=$(target_psql postgres --tuples-only --no-align --set=command="$ARCHIVE_COMMAND" --file=- <"$SQL/archiving/unlike.sql")
  [ -z "$found" ] || fail archiving-otherwise "The target does not archive as the runbook set it: $found." \
    "Take these settings out of the target's conf.d, and start a new run."
}

prove_segment() {
  local key deadline=$((SECONDS + ARCHIVE_SECONDS)) missing
  SEGMENT=$(target_psql postgres --tuples-only --no-align --set=run="$RUN_ID" --file=- <"$SQL/archiving/switch-segment.sql")
  say "Waiting for segment $SEGMENT in each repository."
  while :; do
    missing=''
    for key in $REPOSITORIES; do
      segment_is_there "$key" "$SEGMENT" || missing+="${missing:+ and }$(repository_name "$key")"
    done
    [ -n "$missing" ] || return 0
    [ "$SECONDS" -lt "$deadline" ] || break
    sleep 1
  done
  fail segment-missing "Segment $SEGMENT did not reach $missing within $ARCHIVE_SECONDS s." \
    "Read $LOG_PATH/$STANZA-archive-push-async.log on the target: it names the repository and the cause."
}

if [ "$(archive_mode)" = off ]; then
  clear_spool
  set_archiving on
  restart_server
fi
refuse_other_archiving
attempt check-failed "pgbackrest check fails" "Read the message and $LOG_PATH/$STANZA-check.log on the target." \
  tell_stanza $((ARCHIVE_SECONDS + 30)) check
prove_segment
succeed "\"stanza\":\"$STANZA\",\"segment\":\"$SEGMENT\""
