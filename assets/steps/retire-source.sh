#!/bin/bash
# Marks the fenced source as switched away from, looks a last time whether anybody has written there since it was proved
# quiet, and shuts it to everybody, superusers too: from here on nothing but a rollback opens it. What was written after
# the proof is on no target: it is saved in the relay, and named. Asked again by a signoff.
set -Eeuo pipefail

readonly RUN_THAT_FENCED=${SSM_CutoverRunId:-$RUN_ID}
readonly TO=s3://$RELAY_BUCKET/writes/$RUN_THAT_FENCED-conflicts/written-on-the-source.csv

refuse_not_fenced() {
  [ "$(standing run)" != "$RUN_THAT_FENCED" ] || return 0
  fail not-fenced "The source is not fenced by run $RUN_THAT_FENCED (marker of run $(standing run | grep . || echo none)), though the application was switched away from it." \
    "See at once who writes there: SELECT * FROM pg_stat_activity. Rows written there since the switch are not on the target."
}

# Sets WRITTEN: the relations that were written to since the proof; or UNTOLD: why that cannot be told any more.
look_again() {
  local look=''
  WRITTEN='' UNTOLD=''
  if [ ! -e "$FIRST_LOOK" ]; then
    UNTOLD="this host has no look at the source from before the switch"
    return
  fi
  look_at_all look
  WRITTEN=$(moved "$(cat "$FIRST_LOOK")" "$look")
  if grep -qx counters <<<"$WRITTEN"; then
    UNTOLD="the source counts its writes anew since it was proved quiet (a crash, or a reset of its statistics)"
    WRITTEN=''
  fi
}

written_rows() {
  side_psql --set=horizon="$(cat "$HORIZON")" --set=relations="$WRITTEN" --field-separator=$'\n' --file=- \
    < <(cat "$SQL/users-code.sql" "$SQL/fence/written-since.sql") | side_psql --file=-
}

read_what_was_written() {
  attempt rows-unreadable "The rows that were written on the source could not be read" "Read the message; they are on the source still." \
    written_rows >"$STATE/written-since.csv"
}

save_what_was_written() {
  attempt relay-refused "The rows that were written on the source could not be put at $TO" "Give this host's role s3:PutObject on writes/*-conflicts/* of the bucket." \
    aws s3 cp --only-show-errors "$STATE/written-since.csv" "$TO"
}

attempt retire-failed "The source's database $DATABASE could not be looked at" "Read the message, then call this step again." admit_connections
read_standing
refuse_standby "Until this step has run there, nothing but its fence keeps the source from being opened."
refuse_not_fenced
look_again
attempt retire-failed "The source's marker could not be changed" "Read the message, then call this step again." fence_sql retire >&2
if [ -n "$WRITTEN" ]; then read_what_was_written; fi
attempt retire-failed "The source's database $DATABASE could not be shut" "Read the message, then call this step again." \
  beside_source <"$SQL/fence/shut.sql"
if [ -n "$WRITTEN" ]; then
  # The source is shut by now, whatever becomes of the relay.
  save_what_was_written
  fail written-after-proof "Somebody who gets through the fence wrote on the source after it was proved quiet, and the target does not have that: $(some_of "$WRITTEN"). The rows as they stand are saved at $TO; deletions are not." \
    "Find who did it (a superuser, or a program of the server), and carry the rows by hand, or roll back."
fi
if [ -n "$UNTOLD" ]; then
  fail not-looked-at "Whether the source was written to after it was proved quiet cannot be told: $UNTOLD. It is shut." \
    "Ask who gets through a fence (superusers, programs of the server) whether they wrote there; rows of a table with SELECT age(xmin) tell it too."
fi
succeed '"phase":"switched"'
