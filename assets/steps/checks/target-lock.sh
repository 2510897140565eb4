#!/bin/bash
# The target's one lock: free, this run's own, or left by a run that has ended.
set -Eeuo pipefail

# lock.sh ends a step; here it ends a check.
fail() { refuse "$2" "$3"; }

read_lock
[ -n "$HOLDER" ] || pass "The target's lock is free."
[ "$HOLDER" != "$RUN_ID" ] || pass "This run holds the target's lock."
export AWS_MAX_ATTEMPTS=1
status=$(execution_status "$HOLDER_EXECUTION") || unmade "run $HOLDER holds the target's lock, and whether its automation $HOLDER_EXECUTION has ended could not be asked: $(first_error)." \
  "Give the target's role ssm:GetAutomationExecution; or, when you know that the run has ended, remove $LOCK on the target."
has_ended "$status" || refuse "The target is locked by run $HOLDER, whose automation $HOLDER_EXECUTION is $status."
warn "Run $HOLDER has ended ($status) and left the target's lock: the next run ends its units and takes the lock over." "Nothing needs to be done."
