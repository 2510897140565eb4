#!/bin/bash
# Takes the target's one lock for this run. A lock whose automation has ended is taken over, with its units ended first.
set -Eeuo pipefail

readonly LOCK=$STATE_ROOT/lock

take_lock() {
  (set -o noclobber && printf '%s %s\n' "$RUN_ID" "$EXECUTION_ID" >"$LOCK") 2>"$ERRORS"
}

if ! take_lock; then
  read -r holder execution <"$LOCK"
  if [ "$holder" != "$RUN_ID" ]; then
    if ! status=$(execution_status "$execution"); then
      fail lock-unreadable "The target is locked by run $holder, and whether its automation $execution has ended could not be asked: $(first_error)." \
        "Give the target's role ssm:GetAutomationExecution; or, when you know that the run has ended, remove $LOCK on the target."
    fi
    if ! has_ended "$status"; then
      fail locked "The target is locked by run $holder, whose automation $execution is $status." \
        "Wait until it ends, or end it: cutover cancel $execution"
    fi
    say "Run $holder has ended ($status) without unlocking: its units are ended and its lock is taken over."
    systemctl stop "timescale-cutover-$holder-*.service"
    remove_drills
    rm "$LOCK"
    take_lock
  fi
fi
succeed '"lock":"held"'
