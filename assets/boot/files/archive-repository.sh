#!/bin/bash
# archive-repository KEY SYSTEM-IDENTIFIER LAST-ARCHIVED SEGMENT-BYTES FOLDER: what one repository holds of the cluster, as
# one JSON object. FOLDER is where it may write; the three before it are empty while the server cannot be asked. Only reads,
# writes no log of pgBackRest's, and each question has an end to its patience.
set -Eeuo pipefail

# shellcheck source=/dev/null
source /usr/local/share/timescale-cutover/host.sh
readonly KEY=$1 SYSTEM_IDENTIFIER=$2 LAST_ARCHIVED=$3 SEGMENT_BYTES=$4 FOLDER=$5
readonly LONGEST_MESSAGE=300 NAMED_SEGMENTS=5

# info exits with 0 for nearly everything: what it prints counts. A status above 3 is no answer about this repository. Of the
# stanza's clusters the one with the highest id is the present one.
# shellcheck disable=SC2016 # jq's own variables
readonly OF_REPOSITORY='.[0]
  | ([.db[] | select(."repo-key" == $key)] | max_by(.id)) as $db
  | [.backup[] | select(.database == {id: $db.id, "repo-key": $key} and (.error | not))
      | {label, type, startedAt: .timestamp.start, stoppedAt: .timestamp.stop, firstSegment: .archive.start}] as $backups
  | (.repo[] | select(.key == $key).status) as $status
  | {
      key: $key,
      answers: ($status.code <= 3),
      message: ($status.message | gsub("@{5,}"; "") | gsub("\\s+"; " ") | .[:$longest]),
      systemIdentifier: $db."system-id",
      newestFull: ($backups | map(select(.type == "full")) | max_by(.startedAt)),
      newestBackup: ($backups | max_by(.stoppedAt)),
      archive: (first(.archive[] | select(.database == {id: $db.id, "repo-key": $key})) // {id: null, max: null})
    }'

# ask SECONDS COMMAND...
ask() {
  as_postgres "$1" pgbackrest --stanza="$STANZA" --repo="$KEY" \
    --log-level-console=off --log-level-stderr=error --log-level-file=off "${@:2}"
}

# silent MESSAGE: ends with what is known of a repository that does not answer.
silent() {
  jq --null-input --compact-output --argjson key "$KEY" --arg message "${1:0:LONGEST_MESSAGE}" '{$key, answers: false, $message,
    ofThisCluster: null, newestFull: null, newestBackup: null, newestSegment: null, missing: null, freeBytes: null}'
  exit 0
}

# Its system-id has 64 bits, which jq would round: it is quoted first.
read_info() {
  local status=0
  ask 30 --output=json info >"$FOLDER/said" 2>"$FOLDER/errors" || status=$?
  [ "$status" != 124 ] || silent 'no answer within 30 s'
  sed -E 's/"system-id":([0-9]+)/"system-id":"\1"/g' "$FOLDER/said" |
    jq --argjson key "$KEY" --argjson longest "$LONGEST_MESSAGE" "$OF_REPOSITORY" >"$FOLDER/info" 2>/dev/null ||
    silent "$(grep -h -m 1 -oE 'ERROR: .*' "$FOLDER/errors" "$FOLDER/said" || echo "pgbackrest info ended with $status and said nothing")"
  [ "$(info .answers)" = true ] || silent "$(info .message)"
}

info() {
  jq --raw-output "$1 // empty" "$FOLDER/info"
}

# position SEGMENT: its number on its timeline.
position() {
  echo $((16#${1:8:8} * PER_FOLDER + 16#${1:16:8}))
}

# holes LAST: prints the names that the listing lacks between the newest full backup and LAST, which was archived. It looks at
# the last two folders of LAST's timeline, which bounds it, and on a timeline without a full backup from its first segment on.
holes() {
  local last=$1 timeline=${1:0:8} newest=$((16#${1:8:8})) oldest first end i
  oldest=$((newest > 0 ? newest - 1 : 0))
  for ((i = oldest; i <= newest; i++)); do
    list "$timeline$(printf %08X "$i")" || return
  done | cut -c 1-24 | sort -u >"$FOLDER/listed" || return
  first=$(info .newestFull.firstSegment)
  if [ "${first:0:8}" != "$timeline" ]; then first=$(head -n 1 "$FOLDER/listed"); fi
  i=$(position "${first:-$last}")
  if ((i < oldest * PER_FOLDER)); then i=$((oldest * PER_FOLDER)); fi
  for ((end = $(position "$last"); i <= end; i++)); do
    printf '%s%08X%08X\n' "$timeline" $((i / PER_FOLDER)) $((i % PER_FOLDER))
  done | comm -23 - "$FOLDER/listed"
}

# list FOLDER: the names of the segments there. The repository host's forced command (pgbackrest-only) has no listing of
# pgBackRest's, and one of its own.
list() {
  local archive
  archive=$(info .archive.id)
  if [ -n "$(configured host)" ]; then
    if [ ! -e "$FOLDER/segments" ]; then over_ssh segments >"$FOLDER/segments" || : >"$FOLDER/segments"; fi
    if [ -s "$FOLDER/segments" ]; then
      sed -n "s|^$archive/$1/||p" "$FOLDER/segments"
      return
    fi
  fi
  ask 15 --filter='^[0-9A-F]{24}-[0-9a-f]{40}' repo-ls "archive/$STANZA/$archive/$1" 2>"$FOLDER/errors"
}

configured() {
  sed -n "s/^repo$KEY-$1=//p" /etc/pgbackrest.conf
}

# over_ssh COMMAND: on the repository host, the way that pgBackRest goes.
over_ssh() {
  as_postgres 15 ssh -n -o BatchMode=yes -o ConnectTimeout=5 -o ConnectionAttempts=1 -p "$(configured host-port)" \
    "$(configured host-user)@$(configured host)" "$1" 2>/dev/null
}

# Free bytes where the repository host keeps them, by the forced command's word for it or without one; nothing for S3.
free_bytes() {
  [ -n "$(configured host)" ] || return 0
  { over_ssh room | cut -d ' ' -f 2 || over_ssh "df --output=avail -B1 $(printf %q "$(configured path)") | tail -n 1"; } | grep -xE ' *[0-9]+' || :
}

read_info
missing=null
if [ -n "$SEGMENT_BYTES" ] && [ -n "$(info .archive.max)" ] && [ "$(info .systemIdentifier)" = "$SYSTEM_IDENTIFIER" ]; then
  readonly PER_FOLDER=$((4294967296 / SEGMENT_BYTES))
  holes "${LAST_ARCHIVED:-$(info .archive.max)}" >"$FOLDER/missing" || silent "its listing could not be read: $(head -n 1 "$FOLDER/errors")"
  missing=$(jq --raw-input --null-input --argjson named "$NAMED_SEGMENTS" '[inputs] | {count: length, first: .[:$named]}' "$FOLDER/missing")
fi
free=$(free_bytes)
jq --compact-output --arg ours "$SYSTEM_IDENTIFIER" --argjson missing "$missing" --argjson freeBytes "${free:-null}" '{key, answers, message,
  ofThisCluster: (if .systemIdentifier and $ours != "" then .systemIdentifier == $ours else null end),
  newestFull, newestBackup, newestSegment: .archive.max, $missing, $freeBytes}' "$FOLDER/info"
