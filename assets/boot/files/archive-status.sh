#!/bin/bash
# Compares what PostgreSQL thinks of its archiving with what each repository holds, as one JSON object. PostgreSQL's
# statistics, pgbackrest's info, check and verify all look well after WAL was dropped. Only reads. While archiving is off
# no repository is asked: before the cutover they do not know this host.
set -Eeuo pipefail

# shellcheck source=/dev/null
source /usr/local/share/timescale-cutover/host.sh
# When the newest full backup of a repository began, as it last said: a drop is found while no repository answers, too.
readonly KEPT=/var/lib/timescale-cutover/archive-status
readonly NAMED_SEGMENTS=5

# option NAME: of archive-push, as pgBackRest takes it. Help writes no log, whatever it is told.
option() {
  local help
  help=$(as_postgres 5 pgbackrest --stanza="$STANZA" help archive-push "$1")
  { grep '^current: ' <<<"$help" || grep '^default: ' <<<"$help"; } | cut -d ' ' -f 2-
}

# Nothing where there is no limit. pgBackRest counts KB and KiB alike in powers of 1024.
queue_max() {
  local size
  size=$(option archive-push-queue-max) || return 0
  size=${size%B}
  numfmt --from=iec "${size%i}"
}

read_server() {
  query <"$SQL/status.sql" >"$FOLDER/server.json" 2>"$FOLDER/server-errors" || echo null >"$FOLDER/server.json"
}

server() {
  jq --raw-output "$1 // empty" "$FOLDER/server.json"
}

# acknowledged OPTION...: finds what pgBackRest tells PostgreSQL with a warning. The spool is made by the first segment.
acknowledged() {
  [ ! -d "$OUT" ] || find "$OUT" -name '*.ok' -size +0 "$@"
}

# Writes a line for each dropped segment: when, in seconds, and its name. The log's time is the host's; in the spool, of
# which PostgreSQL has not yet heard, the warning has the time of its file.
read_dropped() {
  local log found
  : >"$FOLDER/warnings"
  while IFS= read -r -d '' log; do
    zgrep -h 'WARN: dropped WAL file' "$log" >>"$FOLDER/warnings" || [ "$?" = 1 ]
  done < <(find "$(option log-path)" -name "$STANZA-archive-push*.log*" -print0)
  {
    paste -d ' ' <(cut -c 1-19 "$FOLDER/warnings" | date -f - +%s) <(sed "s/.*dropped WAL file '\([^']*\)'.*/\1/" "$FOLDER/warnings")
    while IFS= read -r -d '' found; do
      if grep -q 'dropped WAL file' "$found"; then echo "$(stat -c %Y "$found") $(basename "$found" .ok)"; fi
    done < <(acknowledged -print0)
  } | sort -k 2,2 -k 1,1n | sort -u -k 2,2 | sort -n >"$FOLDER/dropped"
}

# Each by itself: one that does not answer must not hide the other.
ask_repositories() {
  local key last
  last=$(server .lastArchivedWal | grep -oE '^[0-9A-F]{24}' || :)
  for key in $REPOSITORIES; do
    install -d "$FOLDER/$key"
    /usr/local/sbin/timescale-cutover-archive-repository "$key" "$(server .systemIdentifier)" "$last" "$(server .segmentBytes)" \
      "$FOLDER/$key" >"$FOLDER/$key.json" &
  done
  wait
}

# repository KEY: what it said, and how many segments were dropped since its newest full backup began.
repository() {
  local key=$1 began dropped
  began=$(jq '.newestFull.startedAt // empty' "$FOLDER/$key.json")
  if [ -n "$began" ]; then
    echo "$began" >"$KEPT/full-$key"
  elif [ "$(jq .answers "$FOLDER/$key.json")" = true ]; then
    rm -f "$KEPT/full-$key"
  else
    began=$(cat "$KEPT/full-$key" 2>/dev/null) || :
  fi
  dropped=$(awk -v began="${began:-0}" '$1 >= began' "$FOLDER/dropped" | wc -l)
  jq --compact-output --argjson dropped "$dropped" '. + {droppedSinceFull: $dropped}' "$FOLDER/$key.json"
}

umask 077
install -d -m 0700 "$KEPT"
FOLDER=$(mktemp -d)
trap 'rm -rf "$FOLDER"' EXIT
OUT=$(option spool-path)/archive/$STANZA/out
read_server
read_dropped
mode=$(server .mode)
repositories=''
if [ "$mode" != off ]; then
  ask_repositories
  for key in $REPOSITORIES; do repositories+=$(repository "$key"); done
fi
max=$(queue_max)
dropped=$(jq --raw-input --null-input --argjson named "$NAMED_SEGMENTS" '[inputs | split(" ")]
  | {count: length, first: [.[:$named][][1]], lastAt: (last // [null] | .[0] | if . then tonumber else null end)}' "$FOLDER/dropped")
warnings=$(acknowledged -printf '%f\n' | sort | jq --raw-input --null-input --argjson named "$NAMED_SEGMENTS" '[inputs] | {count: length, first: .[:$named]}')
jq --slurp --compact-output --arg stanza "$STANZA" --arg mode "$mode" --argjson max "${max:-null}" --argjson dropped "$dropped" --argjson warnings "$warnings" \
  --arg level "$(option log-level-file)" --slurpfile server "$FOLDER/server.json" --arg unread "$(head -n 1 "$FOLDER/server-errors")" '{
    $stanza,
    archiving: (if $mode == "" then "unknown" elif $mode == "off" then "off" else "on" end),
    server: $server[0], $unread,
    queue: (if $server[0] then ($server[0] | .readySegments * .segmentBytes) as $bytes
      | {$bytes, $max, percent: (if $max then 100 * $bytes / $max | floor else null end)} else null end),
    dropped: ($dropped + {logged: ([$level] | inside(["off", "error"]) | not)}),
    spoolWarnings: $warnings,
    repositories: .
  }' <<<"$repositories"
