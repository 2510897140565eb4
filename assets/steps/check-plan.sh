#!/bin/bash
# Preflight's checks of the plan, made on the target. Changes nothing.
set -Eeuo pipefail

# check_psql SECONDS OPTION...: the server ends a check's query too when the check's time is over.
check_psql() {
  local SESSION_OPTIONS="-c statement_timeout=${1}s"
  shift
  target_psql postgres "$@"
}

make_checks
conclude_checks
