#!/bin/bash
# Preflight's checks of the source, made on the dump host. Changes nothing.
set -Eeuo pipefail

# check_psql SECONDS OPTION...: the server ends a check's query too when the check's time is over.
check_psql() {
  local SOURCE_SESSION_OPTIONS="-c statement_timeout=${1}s"
  shift
  source_psql "$@"
}

make_checks
conclude_checks
