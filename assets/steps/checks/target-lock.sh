#!/bin/bash
# The target's one lock: free, this run's own, or left by a run that has ended.
set -Eeuo pipefail

readonly LOCK=$STATE_ROOT/lock
[ -e "$LOCK" ] || pass "The target's lock is free."
read -r holder execution <"$LOCK"
[ "$holder" != "$RUN_ID" ] || pass "This run holds the target's lock."
export AWS_MAX_ATTEMPTS=1
status=$(execution_status "$execution") || unmade "run $holder holds the target's lock, and whether its automation $execution has ended could not be asked: $(first_error)." \
  "Give the target's role ssm:GetAutomationExecution; or, when you know that the run has ended, remove $LOCK on the target."
has_ended "$status" || refuse "The target is locked by run $holder, whose automation $execution is $status."
warn "Run $holder has ended ($status) and left the target's lock: the next run ends its units and takes the lock over." "Nothing needs to be done."
