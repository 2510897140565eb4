#!/bin/bash
# Opens the restored database to the application. It came up closed, as the source was when it was dumped, with the marker
# that says how it was before: the fence that the dump carried must be this execution's. Its jobs stay off the schedule
# until start-workers.
set -Eeuo pipefail

refuse_what_was_not_restored() {
  read_target_marker
  case $MARKED_RUN/$MARKED_OID/$MARKED_PHASE in
    "$RUN_ID/$(target_oid)/restored" | "$RUN_ID/$(target_oid)/activated") ;;
    *)
      fail target-not-restored "The target's database was not restored by run $RUN_ID (run ${MARKED_RUN:-none}, ${MARKED_PHASE:-unmarked})." "Start a new run."
      ;;
  esac
  if [ "$(standing run) $(standing execution)" != "$RUN_ID $EXECUTION_ID" ]; then
    fail target-not-closed "The fence that the dump carried is of run $(standing run | grep . || echo none), execution $(standing execution | grep . || echo none), not of this one: the source was not fenced by it when it was dumped." "Start a new run."
  fi
}

refuse_abnormal_settings() {
  local abnormal
  abnormal=$(target_psql postgres --tuples-only --no-align --file=- <"$SQL/fence/abnormal-settings.sql")
  if [ "$(standing restoring)" != off ]; then abnormal+="${abnormal:+, }timescaledb.restoring = $(standing restoring)"; fi
  if [ -n "$abnormal" ]; then
    fail target-settings "The target's server does not run as production must: $abnormal." \
      "Take these settings back (ALTER SYSTEM RESET, or the file in conf.d), and restart PostgreSQL."
  fi
}

read_standing
refuse_standby "Start a new run."
refuse_what_was_not_restored
refuse_abnormal_settings
# Before it is open: from here on nothing replaces it while the application's secret names it.
mark_target "$RUN_ID" "$(target_oid)" activated
if [ "$(standing phase)" = fenced ]; then
  attempt activate-failed "The target's database could not be opened" "Read the message." fence_sql "open schedule-jobs" --set=phase=open --set=jobs=off >&2
fi
succeed "\"connectionLimit\":$(standing priorLimit)"
