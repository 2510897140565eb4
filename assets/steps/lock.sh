#!/bin/bash
# Takes the target's one lock for this run. A lock whose automation has ended is taken over, with its units ended first.
set -Eeuo pipefail

refuse_unless_ended() {
  local status
  if ! status=$(execution_status "$HOLDER_EXECUTION"); then
    fail lock-unreadable "The target is locked by run $HOLDER, and whether its automation $HOLDER_EXECUTION has ended could not be asked: $(first_error)." \
      "Give the target's role ssm:GetAutomationExecution; or, when you know that the run has ended, remove $LOCK on the target."
  fi
  if ! has_ended "$status"; then
    fail locked "The target is locked by run $HOLDER, whose automation $HOLDER_EXECUTION is $status." \
      "Wait until it ends, or end it: cutover cancel $HOLDER_EXECUTION"
  fi
  say "Run $HOLDER has ended ($status) without unlocking: its units are ended and its lock is taken over."
}

hold_lock_file
read_lock
if [ -n "$HOLDER" ] && [ "$HOLDER" != "$RUN_ID" ]; then
  refuse_unless_ended
  systemctl stop "timescale-cutover-$HOLDER-*.service"
  remove_drills
fi
take_lock
succeed '"lock":"held"'
