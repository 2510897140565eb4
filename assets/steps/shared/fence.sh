#!/bin/bash
# What closing, proving and opening a database share: sessions that may write, and what the catalog says of the fence.
set -Eeuo pipefail

# These win over what the connections set: the source's sessions only read otherwise.
SOURCE_SESSION_OPTIONS='-c default_transaction_read_only=off -c lock_timeout=10s'
SESSION_OPTIONS='-c lock_timeout=10s'
# A good part of what a step that opens has (lib/runbook/steps/reopen.ts).
readonly SERVER_SECONDS=50

# side_psql OPTIONS...: psql on this step's side, its answers bare.
side_psql() {
  if [ "$SIDE" = source ]; then
    source_psql --tuples-only --no-align "$@"
  else
    target_psql "$DATABASE" --tuples-only --no-align "$@"
  fi
}

# fence_sql NAMES [OPTIONS...]: files of assets/sql/fence in one transaction, which knows the marker and what was before it.
fence_sql() {
  local name files=("$SQL/fence/marker.sql")
  for name in $1; do files+=("$SQL/fence/$name.sql"); done
  shift
  cat "${files[@]}" | side_psql --single-transaction --set=run="$RUN_ID" --set=execution="$EXECUTION_ID" "$@" --file=-
}

# into VARIABLE CODE MESSAGE NAMES [OPTIONS...]: what fence_sql answers, or the step fails. Through no file: on a full
# disk a list of sessions would be empty, and nobody is not what it means.
into() {
  local -n answer=$1
  local code=$2 message=$3
  shift 3
  answer=$(fence_sql "$@" 2>"$ERRORS") || fail "$code" "$message: $(first_error)." "Read the message, mend the cause, and call this step again."
}

# admit_connections: a database that retire-source has shut lets nobody in, whoever it is.
admit_connections() {
  if [ "$SIDE" = source ]; then beside_source <"$SQL/fence/admit.sql"; fi
}

# await_side: who opens waits for a server that is down, or recovers from a crash, and that Patroni or systemd starts
# again: the application waits too. psql ends with 2 where it could not connect; what else goes wrong the next statement tells.
await_side() {
  local deadline=$((SECONDS + SERVER_SECONDS))
  until side_answers || [ "$SECONDS" -ge "$deadline" ]; do sleep 1; done
}

side_answers() {
  local status=0
  side_psql --command='SELECT 1' >/dev/null 2>"$ERRORS" || status=$?
  # A database that takes no connections is there all the same.
  [ "$status" != 2 ] || grep -q 'not currently accepting connections' "$ERRORS"
}

# Reads how the side stands; `standing NAME` is then one fact of it.
read_standing() {
  into STANDING "$SIDE-unreachable" "How the $SIDE stands could not be read" standing
}

standing() {
  sed -n "s/^$1=//p" <<<"$STANDING"
}

# refuse_standby REMEDY
refuse_standby() {
  if [ "$(standing recovery)" = true ]; then
    fail "$SIDE-is-standby" "The $SIDE's server is a standby: nothing can be changed on it." "Name the primary (with Patroni: the leader). $1"
  fi
}

# TimescaleDB's workers, where there are any.
stop_workers() {
  attempt workers-not-stopped "TimescaleDB's background workers could not be stopped on the $SIDE" "Read the message." \
    side_psql --file=- <"$SQL/stop-workers.sql" >&2
}

start_workers() {
  attempt workers-not-started "TimescaleDB's background workers could not be started on the $SIDE" "Read the message, then call this step again." \
    side_psql --file=- <"$SQL/start-workers.sql" >&2
}
