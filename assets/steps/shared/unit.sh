#!/bin/bash
# Runs the rest of this script in a transient systemd unit of its own, and follows it. The agent's restart, a time-out or
# an operator who goes away then ends the following, not the work; who calls the step again goes on following.
set -Eeuo pipefail

readonly UNIT=timescale-cutover-$RUN_ID-$STEP.service

# The agent kills by process group and starts the script by its path: the unit gets a copy that outlives the command.
start_unit() {
  local name settings=()
  rm -f "$RESULT"
  install -m 0700 "${BASH_SOURCE[0]}" "$STATE/$STEP.sh"
  for name in $(compgen -e | grep -E '^(SSM|AWS)_'); do settings+=("--setenv=$name"); done
  if [ "$LOW_PRIORITY" = yes ]; then
    settings+=(--property=Nice=19 --property=CPUWeight=1 --property=IOSchedulingClass=idle --property=IOWeight=1)
  fi
  systemctl reset-failed "$UNIT" 2>/dev/null || : # It may never have run.
  systemd-run --quiet --unit="$UNIT" --collect --setenv=IN_UNIT=yes "${settings[@]}" \
    --property=RuntimeMaxSec="$TIMEOUT_SECONDS" --property=KillMode=control-group \
    --property=StandardOutput="append:$STATE/logs/$STEP.log" --property=StandardError="append:$STATE/logs/$STEP.log" \
    --description="timescale-cutover $STEP of run $RUN_ID" "$STATE/$STEP.sh"
}

unit_is_running() {
  case $(systemctl show --property=ActiveState --value "$UNIT") in
    active | activating | deactivating | reloading) return 0 ;;
    *) return 1 ;;
  esac
}

# Prints what the unit writes while it runs, and ends as it ended.
follow_unit() {
  local log=$STATE/logs/$STEP.log printed=0 size
  while :; do
    local running=yes
    unit_is_running || running=no
    size=$(stat -c %s "$log" 2>/dev/null || echo 0)
    if [ "$size" -gt "$printed" ]; then
      tail -c +$((printed + 1)) "$log" | grep -v '^{"step"' >&2 || : # Nothing but the result.
      printed=$size
    fi
    [ "$running" = yes ] || break
    sleep 0.5
  done
  if [ ! -s "$RESULT" ]; then
    fail killed "The unit $UNIT ended without a result: it was killed, ran into its limit of $TIMEOUT_SECONDS s, or the host went down. Its last words: $(tail -n 1 "$log")" \
      "Read $log and 'journalctl -u $UNIT' on this host, then start a new run: it begins anew."
  fi
  print_result
  grep -q '"status":"succeeded"' "$RESULT"
  exit 0
}

if [ "${IN_UNIT:-}" != yes ]; then
  if unit_is_running; then
    say "$STEP runs already; following it."
  elif [ -s "$RESULT" ] && grep -q '"status":"succeeded"' "$RESULT"; then
    say "$STEP of this run is done already; this is its result."
    print_result
    exit 0
  else
    : >"$STATE/logs/$STEP.log"
    start_unit
  fi
  trap 'exit 1' ERR
  follow_unit
fi
