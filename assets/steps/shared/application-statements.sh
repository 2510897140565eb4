#!/bin/bash
# How the application's own statements are run; application-login.sh or application-role.sh says over which connection.
set -Eeuo pipefail

readonly ROLE_PSQL=(psql --no-psqlrc --quiet --no-align --tuples-only --set=ON_ERROR_STOP=1 --set=role="$APPLICATION_ROLE")
# The role's own settings count, but a statement that hangs must end.
readonly ROLE_OPTIONS='-c statement_timeout=60s -c lock_timeout=30s'
# A text that no other row has, by which the test finds its own.
MARKER="smoke test $RUN_ID $(od -An -N8 -tx1 /dev/urandom | tr -d ' \n')"
readonly MARKER
