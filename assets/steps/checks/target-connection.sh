#!/bin/bash
# The target's server answers over its local socket, and takes writes.
set -Eeuo pipefail

unit=postgresql@$POSTGRESQL_MAJOR-main
if ! answer=$(target_psql postgres --tuples-only --no-align --field-separator=' ' 2>"$ERRORS" \
  --command="SELECT pg_is_in_recovery(), current_setting('server_version')"); then
  state=$(systemctl is-active "$unit") || : # It says so too when it is not.
  refuse "PostgreSQL does not answer on port $TARGET_PORT ($unit is $state): $(first_error)."
fi
[ "${answer%% *}" = f ] || refuse "The target's PostgreSQL is in recovery: it is a standby, or a restore of a backup that was not ended, and takes no writes." \
  "Look for standby.signal or recovery.signal in its data directory; promote it only if it is meant to be the target."
pass "PostgreSQL ${answer#* } answers on port $TARGET_PORT."
