#!/bin/bash
# Where the run gave way to production, the error of what was at work would not say so: the snapshot's watch ended it, or a
# process of pg_dump gave up by itself, since those that work in parallel wait for no lock that somebody else waits for.
set -Eeuo pipefail

# Returns where nothing of the kind happened.
refuse_if_yielded() {
  local waiting=''
  if [ ! -s "$STATE/yielded" ] && grep -q 'could not obtain lock on relation' "$ERRORS"; then
    waiting=$(source_psql --tuples-only --no-align --set=application="$SOURCE_APPLICATION" --set=seconds=0 --file=- <"$SQL/blocked-sessions.sql") ||
      say "Who waits for the lock could not be asked."
    [ -z "$waiting" ] || printf '%s\n' "$waiting" >"$STATE/yielded"
  fi
  [ -s "$STATE/yielded" ] || return 0
  fail gave-way "The run gave way to production: $(cat "$STATE/yielded")." \
    "Run again when no job or DDL needs an exclusive lock (policies of TimescaleDB do), or raise source.maxBlockedSeconds (now $MAX_BLOCKED_SECONDS s)."
}
