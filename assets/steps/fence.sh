#!/bin/bash
# Closes the database to everybody but superusers, takes its jobs off the schedule, and waits until what was begun before
# is done. What it changes stands in the catalog, with what was before: it holds through a restart and a failover.
set -Eeuo pipefail

# refuse NAME CODE MESSAGE REMEDY: where that obstacle was found. The message ends with what was found.
refuse() {
  local found
  found=$(sed -n "s/^$1=//p" <<<"$OBSTACLES")
  [ -z "$found" ] || fail "$2" "$3: $found. Nothing was changed." "$4"
}

refuse_what_cannot_be_held() {
  refuse_standby "Nothing was changed."
  if [ "$(standing superuser)" != true ]; then
    fail fence-needs-superuser "The user that connects to the $SIDE is no superuser: it could not hold others out, and would lock itself out. Nothing was changed." \
      "Name a superuser; a source that gives none (RDS, say) cannot be fenced."
  fi
  if [ "$(standing phase)" = switched ]; then
    fail switched "Run $(standing run) switched away from the $SIDE: it is not the truth any more. Nothing was changed." \
      "Roll that run back, if the application shall return to it."
  fi
  into OBSTACLES "$SIDE-unreadable" "What stands in the way of a fence could not be read" \
    "sessions obstacles" --set=application_role="$APPLICATION_ROLE"
  refuse prepared prepared-transactions "Prepared transactions are open in $DATABASE on the $SIDE" \
    "COMMIT PREPARED or ROLLBACK PREPARED each of them."
  refuse slots logical-slots "Logical replication slots read from $DATABASE on the $SIDE; their readers would not follow to another server" \
    "Drop each (pg_drop_replication_slot) when its reader has what it needs."
  refuse subscriptions subscriptions-enabled "Subscriptions write into $DATABASE on the $SIDE" "ALTER SUBSCRIPTION ... DISABLE each of them."
  refuse applicationRole application-is-superuser "Nothing holds a superuser out, and the application's role is one (application.roleName)" \
    "ALTER ROLE ... NOSUPERUSER, and let the application reconnect."
  refuse superusers superuser-sessions "Superusers are connected to $DATABASE on the $SIDE, and a fence does not hold them out" \
    "Close these sessions (a background worker: take it out of this database), and run again."
}

save_prior_state() {
  into PRIOR "$SIDE-unreadable" "The state before the fence could not be read" prior-state
  printf '%s\n' "$PRIOR" >"$STATE/prior-state.json"
  attempt relay-refused "The state before the fence could not be saved in the relay bucket $RELAY_BUCKET; nothing was changed" \
    "Give this host's role s3:PutObject on runs/*/$SIDE/* of the bucket." \
    aws s3 cp --only-show-errors "$STATE/prior-state.json" "s3://$RELAY_BUCKET/runs/$RUN_ID/$SIDE/prior-state.json"
}

close_database() {
  rm -f "$STATE/first-look" "$STATE/first-look.horizon"
  standing primary >"$STATE/primary"
  attempt fence-failed "The $SIDE's database could not be closed; nothing was changed" "Read the message: a lock on a job or on the database may be held." \
    fence_sql "close schedule-jobs" >&2
  read_standing
  say "Closed since $(standing fencedAt)."
}

read_standing
refuse_what_cannot_be_held
save_prior_state
close_database
closed=$SECONDS
let_work_finish "${SSM_InFlight:-$IN_FLIGHT}"
stop_workers
succeed "\"connectionLimit\":$(standing priorLimit),\"jobs\":$(standing priorJobs),\"roles\":$(standing roles),\"endedSessions\":$(ended_sessions),\"waitedSeconds\":$((SECONDS - closed)),\"fencedAt\":$(json_string "$(standing fencedAt)")"
