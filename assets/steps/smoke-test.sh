#!/bin/bash
# Does on the database what the application does, as its role: a write that lands, is read back and is removed again;
# history; a continuous aggregate. On the target over the network, with TLS and the secret's own credentials. On the
# source (after a rollback) over the runbook's connection, in a transaction that is taken back, and then it waits for the
# application itself.
set -Eeuo pipefail

readonly SESSIONS_SECONDS=60

# prove CODE STATEMENT MINIMUM WHAT: or the end of the step, once what was written is removed.
prove() {
  local found complaint
  if ! found=$(rows_of "$2" 2>"$ERRORS"); then
    complaint="$4 failed: $(first_error)"
  elif [ "$found" -lt "$3" ]; then
    complaint="$4 gave no row"
  else
    return 0
  fi
  if ! rows_of remove >/dev/null 2>"$ERRORS"; then complaint+="; and the row that it wrote ('$MARKER') could not be removed: $(first_error)"; fi
  fail "$1" "On the $SIDE, as $APPLICATION_ROLE: $complaint." "Try application.smokeTest.$2 by hand there; the application will meet the same."
}

# The application's own sessions on the source: seen at once, or within a minute, or not.
application_sessions() {
  local deadline=$((SECONDS + SESSIONS_SECONDS)) found
  while :; do
    found=$(source_psql --tuples-only --no-align --set=role="$APPLICATION_ROLE" --file=- <"$SQL/smoke/application-sessions.sql")
    if [ "$found" != 0 ] || [ "$SECONDS" -ge "$deadline" ]; then break; fi
    sleep 2
  done
  printf '%s' "$found"
}

connect
prove smoke-write write 0 'the write'
prove smoke-read-back readBack 1 'reading the write back'
prove smoke-history history 1 'the query of history'
if [ -e "$FILES/aggregate.sql" ]; then prove smoke-aggregate aggregate 1 'the query of the continuous aggregate'; fi
prove smoke-remove remove 0 'removing the write'
if ! left=$(rows_of readBackAgain 2>"$ERRORS") || [ "$left" != 0 ]; then
  fail smoke-remove "On the $SIDE the row of the smoke test ('$MARKER') is still there after application.smokeTest.remove: ${left:-$(first_error)}." "Remove it by hand, and correct application.smokeTest.remove."
fi
if [ "$SIDE" = target ]; then
  succeed "\"tls\":\"$TLS_MODE\",\"tlsVersion\":$(json_string "$TLS_VERSION")"
fi
succeed "\"applicationSessions\":$(application_sessions)"
