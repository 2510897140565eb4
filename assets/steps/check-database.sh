#!/bin/bash
# Preflight's checks of what is in the source's database, made on the dump host. Changes nothing.
set -Eeuo pipefail

# check_psql SECONDS OPTION...: the server ends a check's query too when the check's time is over, and one that meets a
# lock says so before.
check_psql() {
  local SOURCE_SESSION_OPTIONS="-c statement_timeout=${1}s -c lock_timeout=3s"
  shift
  source_psql "$@"
}

make_checks
rm -f -- "$SOURCE_SECRETS/pgpass" # The password of a network source; a step that needs it fetches it.
conclude_checks
