#!/bin/bash
# How the smoke test reaches the source: over the runbook's own connection, going on as the application's role. All of its
# statements run in one transaction, which is taken back.
set -Eeuo pipefail

# statement NAME: psql would not look for :'marker' within a literal.
statement() {
  local statement=''
  if [ -e "$FILES/$1.sql" ]; then statement=$(cat "$FILES/$1.sql"); fi
  statement=${statement//":'marker'"/"'$MARKER'"}
  printf '%s' "${statement%;*}"
}

run_statements() {
  local name set=()
  for name in write readBack history aggregate remove; do set+=(--set="$name=$(statement "$name")"); done
  on_source env PGOPTIONS="$ROLE_OPTIONS -c search_path=" "${ROLE_PSQL[@]}" --field-separator='|' "${set[@]}" --file=- <"$SQL/smoke/as-role.sql"
}

# rows_of NAME: how many rows the application's statement gave, or on standard error why it failed. A tab would not do for the
# separator: read takes two of them for one.
rows_of() {
  local name given error
  while IFS='|' read -r name given error; do
    if [ "$name" = "$1" ]; then
      printf '%s' "$given"
      [ -n "$given" ] || { printf 'ERROR: %s\n' "$error" >&2; return 1; }
      return
    fi
  done <"$STATE/smoke-test.answers"
  # One before it failed, and was taken back: there is nothing to remove.
  [ "$1" = remove ] || { printf 'ERROR: it was not run\n' >&2; return 1; }
  printf 0
}

connect() {
  attempt smoke-connect "The source's database cannot be asked who may connect" "Look at the source's server log." \
    source_psql --tuples-only --no-align --set=role="$APPLICATION_ROLE" --file=- <"$SQL/smoke/may-connect.sql" >"$STATE/smoke-test.refusal"
  if [ -s "$STATE/smoke-test.refusal" ]; then
    fail smoke-connect "The application could not connect to the source: $(cat "$STATE/smoke-test.refusal")." "Mend that on the source; 'cutover reopen' lifts this tool's own fence."
  fi
  attempt smoke-write "The application's statements could not be run on the source as $APPLICATION_ROLE" "Read the message; the application will meet the same." \
    run_statements >"$STATE/smoke-test.answers"
}
