#!/bin/bash
# Whether the automation that holds the target's lock has ended.
set -Eeuo pipefail

# Prints the status of an automation; "Unknown" where AWS keeps no record of it any more.
execution_status() {
  aws ssm get-automation-execution --automation-execution-id "$1" \
    --query AutomationExecution.AutomationExecutionStatus --output text 2>"$ERRORS" && return
  grep -q AutomationExecutionNotFound "$ERRORS" && echo Unknown
}

# has_ended STATUS
has_ended() {
  [[ $1 =~ ^(Success|Failed|TimedOut|Cancelled|Rejected|CompletedWithSuccess|CompletedWithFailure|Exited|Unknown)$ ]]
}
