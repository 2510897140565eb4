#!/bin/bash
# How the smoke test reaches the source: over the runbook's own connection, going on as the application's role.
set -Eeuo pipefail

# rows_of NAME: how many rows the application's statement gives. psql would not look for :'marker' within a literal.
rows_of() {
  local statement
  statement=$(cat "$FILES/$1.sql")
  statement=${statement//":'marker'"/"'$MARKER'"}
  on_source env PGOPTIONS="$ROLE_OPTIONS -c search_path=" "${ROLE_PSQL[@]}" --set=statement="${statement%;*}" --file=- <"$SQL/smoke/as-role.sql"
}

connect() {
  attempt smoke-connect "The source's database cannot be asked who may connect" "Look at the source's server log." \
    source_psql --tuples-only --no-align --set=role="$APPLICATION_ROLE" --file=- <"$SQL/smoke/may-connect.sql" >"$STATE/smoke-test.refusal"
  if [ -s "$STATE/smoke-test.refusal" ]; then
    fail smoke-connect "The application could not connect to the source: $(cat "$STATE/smoke-test.refusal")." "Mend that on the source; 'cutover reopen' lifts this tool's own fence."
  fi
}
