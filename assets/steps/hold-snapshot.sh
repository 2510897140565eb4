#!/bin/bash
# Holds one snapshot of the source open in a transient unit, and the lock of a reader on every table, so that the dump
# and the digests see the very same rows. Production comes first: a session that waits behind this run for longer than
# MAX_BLOCKED_SECONDS ends the run's sessions, and the snapshot.
set -Eeuo pipefail

readonly UNIT=timescale-cutover-$RUN_ID-hold-snapshot.service
readonly SNAPSHOT=$STATE/snapshot
readonly YIELDED=$STATE/yielded

# In the unit: opens the snapshot, then watches until it is told to end.
hold() {
  rm -f "$SNAPSHOT" "$YIELDED"
  coproc HOLDER { source_psql --tuples-only --no-align; }
  {
    printf 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;\n'
    cat "$SQL/lock-tables.sql"
    printf 'SELECT pg_export_snapshot();\n'
  } >&"${HOLDER[1]}"
  local snapshot
  read -r snapshot <&"${HOLDER[0]}"
  copied "$SQL/fingerprint/sequences.sql" | source_psql --file=- >"$STATE/sequences-before"
  printf '%s\n' "$snapshot" >"$SNAPSHOT.new"
  mv "$SNAPSHOT.new" "$SNAPSHOT"
  say "Snapshot $snapshot is held."
  watch_for_blocked_sessions
}

# Ends when the holder ends, when production waits, or when whether it waits cannot be seen any more: a look that fails now
# and then, on a busy server, must not cost the run its snapshot.
watch_for_blocked_sessions() {
  local blocked unseen=0
  # shellcheck disable=SC2154 # bash sets HOLDER_PID with the coproc
  while kill -0 "$HOLDER_PID" 2>/dev/null; do
    if blocked=$(source_psql --tuples-only --no-align --set=application="$SOURCE_APPLICATION" \
      --set=seconds="$MAX_BLOCKED_SECONDS" --file=- <"$SQL/blocked-sessions.sql"); then
      unseen=0
    else
      blocked=''
      unseen=$((unseen + 1))
      say "Whether production waits could not be seen ($unseen times in a row)."
      [ "$unseen" -lt 5 ] || return 1
    fi
    if [ -n "$blocked" ]; then
      printf '%s\n' "$blocked" >"$YIELDED"
      say "Production waits behind this run: $blocked. Its sessions are ended."
      source_psql --set=application="$SOURCE_APPLICATION" --file=- <"$SQL/end-sessions.sql" >&2
      return 1
    fi
    sleep 2
  done
}

if [ "${IN_UNIT:-}" = yes ]; then
  trap 'kill "${HOLDER_PID:-}" 2>/dev/null' EXIT
  hold
  exit
fi

systemctl stop "$UNIT" 2>/dev/null || : # None runs as a rule; one that does belongs to this run, and is begun again.
rm -f "$SNAPSHOT" "$YIELDED"
install -m 0700 "${BASH_SOURCE[0]}" "$STATE/hold-snapshot.sh"
settings=()
for name in $(compgen -e | grep -E '^(SSM|AWS)_'); do settings+=("--setenv=$name"); done
systemd-run --quiet --unit="$UNIT" --setenv=IN_UNIT=yes "${settings[@]}" --property=RuntimeMaxSec="$HOLD_SECONDS" \
  --property=StandardOutput="append:$STATE/logs/hold-snapshot.log" --property=StandardError="append:$STATE/logs/hold-snapshot.log" \
  --collect --description="timescale-cutover snapshot of run $RUN_ID" "$STATE/hold-snapshot.sh"
for ((wait = 0; wait < 600; wait++)); do
  [ ! -s "$SNAPSHOT" ] || succeed "\"snapshot\":$(json_string "$(cat "$SNAPSHOT")")"
  systemctl is-active --quiet "$UNIT" || break
  sleep 0.1
done
systemctl stop "$UNIT" 2>/dev/null || :
cp "$STATE/logs/hold-snapshot.log" "$ERRORS"
fail snapshot-not-held "No snapshot of the source could be held: $(first_error)." \
  "A table that is being altered keeps its lock: run again when that is done."
