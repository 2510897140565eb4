#!/bin/bash
# Preflight's checks: each in processes of its own and with its own bound; what could not be made counts as failed.
# Set above this line by synthesis: CHECKS, a line for each check (id, seconds, the check that it needs or -), and FILES or
# SQL, where ID.sh or preflight/ID.sql is.
set -Eeuo pipefail

readonly ALLOWED=${SSM_Allow-}
readonly VERDICTS=$STATE/verdicts/$STEP
readonly SEPARATOR=$'\x1f'
# More of a finding is not for a table; and SSM cuts what all of a step's checks print at 24,000 characters.
readonly LONGEST_FINDING=400

# What a check says, once: pass, warn or refuse FINDING [REMEDY]. The remedy is the catalogue's unless one is given.
pass() { conclude_check pass "$@"; }
warn() { conclude_check warn "$@"; }
refuse() { conclude_check fail "$@"; }

# unmade REASON: what the check would look at cannot be seen. Never a pass.
unmade() {
  conclude_check fail "The check could not be made: ${1%.}." "${2:-Mend that first, then check again.}"
}

conclude_check() {
  printf '%s\n' "$1$SEPARATOR$2$SEPARATOR${3-}" >&4
  exit 0
}

# not_made ID WHY [REMEDY]: in place of what the check told, if it told anything.
not_made() {
  printf '%s\n' "fail${SEPARATOR}The check could not be made: $2.$SEPARATOR${3-}" >"$VERDICTS/$1"
}

# make_checks: all of CHECKS, in their order.
make_checks() {
  local id seconds needs
  install -d -m 0700 "$VERDICTS"
  while read -r id seconds needs; do
    rm -f "$VERDICTS/$id" "$VERDICTS/$id.late"
    if [ "$needs" != - ] && [ "$(verdict_of "$needs")" = fail ]; then
      not_made "$id" "$needs failed" "Mend that first, then check again."
    else
      make_check "$id" "$seconds"
    fi
    say "$(verdict_of "$id") $id: $(field_of "$id" 2)"
  done <<<"$CHECKS"
}

# One check in a process group of its own, ended as a whole when its time is over: an ssh or a psql that hangs as well.
make_check() {
  local id=$1 seconds=$2 running guard status=0
  set -m
  (run_check "$id" "$seconds") 4>"$VERDICTS/$id" </dev/null >>"$STATE/logs/$STEP.log" 2>"$VERDICTS/$id.errors" &
  running=$!
  (sleep "$seconds" && : >"$VERDICTS/$id.late" && kill -KILL -- "-$running") </dev/null >/dev/null 2>&1 &
  guard=$!
  set +m
  wait "$running" 2>/dev/null || status=$?
  kill -KILL -- "-$guard" 2>/dev/null || :
  wait "$guard" 2>/dev/null || :
  if [ -e "$VERDICTS/$id.late" ]; then
    not_made "$id" "no answer within $seconds s"
  elif [ "$(verdicts_in "$id")" -gt 1 ]; then
    not_made "$id" "it told more than one verdict"
  elif [ "$status" != 0 ] && [ "$(verdict_of "$id")" != fail ]; then
    cp "$VERDICTS/$id.errors" "$ERRORS"
    not_made "$id" "it ended with $status ($(first_error))"
  elif [ "$(verdicts_in "$id")" = 0 ]; then
    not_made "$id" "it told no verdict"
  fi
}

# How many verdicts a check told: a query's second row, or a subshell's, must not be lost.
verdicts_in() {
  grep -cE "^(pass|warn|fail)$SEPARATOR" "$VERDICTS/$1" || [ $? = 1 ]
}

# A check is SQL, whose one row is verdict, finding and, where it has one of its own, remedy; or it is bash. The step
# defines check_psql SECONDS OPTION...
run_check() {
  trap - ERR
  set -Eeuo pipefail
  if [ -e "${SQL-}/preflight/$1.sql" ]; then
    check_psql "$2" --tuples-only --no-align --field-separator="$SEPARATOR" --file=- <"$SQL/preflight/$1.sql" >&4
  else
    # shellcheck source=/dev/null
    source "$FILES/$1.sh"
  fi
}

verdict_of() {
  field_of "$1" 1
}

# field_of ID NUMBER: of what the check said, on one line.
field_of() {
  tr '\n' ' ' <"$VERDICTS/$1" 2>/dev/null | cut -d "$SEPARATOR" -f "$2" | sed 's/ *$//'
}

# conclude_checks: ends the step with every verdict; it fails where a check does that nobody allowed by its name.
conclude_checks() {
  local id failed='' first='' remedy
  while read -r id _; do
    remedy=$(field_of "$id" 3)
    MEMBERS+="${MEMBERS:+,}{\"id\":\"$id\",\"verdict\":\"$(verdict_of "$id")\",\"finding\":$(json_string "$(shortened "$(field_of "$id" 2)")")${remedy:+,\"remedy\":$(json_string "$(shortened "$remedy")")}}"
    if [ "$(verdict_of "$id")" = fail ] && [[ ,$ALLOWED, != *,$id,* ]]; then
      first=${first:-$(field_of "$id" 2)}
      failed+="${failed:+, }$id"
    fi
  done <<<"$CHECKS"
  MEMBERS="\"checks\":[$MEMBERS]"
  if [ -n "$failed" ]; then
    fail checks-failed "Preflight found what would spoil the window: $failed. The first: $(shortened "$first")" \
      "See them all by cutover check, and mend them. To begin all the same, start the run with --allow and their names."
  fi
  succeed
}

shortened() {
  if [ "${#1}" -gt "$LONGEST_FINDING" ]; then printf '%s...' "${1:0:LONGEST_FINDING}"; else printf '%s' "$1"; fi
}
