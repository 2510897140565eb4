#!/bin/bash
# Publishes what archive-status finds to CloudWatch: every five minutes, by timescale-cutover-archive-status.timer. While
# archiving is off nothing is missed, and all is 0; whether it is off, a server that is down cannot say: what it said last
# holds. What could not be found out has no value; RepositorySilent always has one.
set -Eeuo pipefail

# shellcheck source=/dev/null
source /usr/local/share/timescale-cutover/host.sh
readonly KEPT=/run/timescale-cutover-archive-status

# Lines of name, unit, value and repository.
# shellcheck disable=SC2016 # jq's own variables
readonly METRICS='
  (.queue.percent | values | ["ArchiveQueuePercent", "Percent", .]),
  (["DroppedSegmentsSinceFullBackup", "Count", ([.repositories[].droppedSinceFull] | max)]),
  (.repositories[] | (.key | tostring) as $repo
    | ["RepositorySilent", "None", (if .answers then 0 else 1 end), $repo],
      (.missing | values | ["MissingSegments", "Count", .count, $repo]),
      (.freeBytes | values | ["RepositoryFreeBytes", "Bytes", ., $repo]),
      (.newestBackup | values | ["BackupAgeSeconds", "Seconds", (now - .stoppedAt | floor), $repo]))
  | @tsv'

all_is_zero() {
  local repo
  metric ArchiveQueuePercent Percent 0
  metric DroppedSegmentsSinceFullBackup Count 0
  for repo in $REPOSITORIES; do
    metric RepositorySilent None 0 "$repo"
    metric MissingSegments Count 0 "$repo"
    metric BackupAgeSeconds Seconds 0 "$repo"
  done
}

umask 077
install -d -m 0700 "$KEPT"
status=$(timeout --kill-after=5 120 /usr/local/sbin/timescale-cutover-archive-status)
archiving=$(jq --raw-output .archiving <<<"$status")
if [ "$archiving" = unknown ]; then
  archiving=$(cat "$KEPT/archiving" 2>/dev/null) || archiving=off
else
  echo "$archiving" >"$KEPT/archiving"
fi
if [ "$archiving" = off ]; then
  all_is_zero
else
  while read -r name unit number repo; do metric "$name" "$unit" "$number" "$repo"; done < <(jq --raw-output "$METRICS" <<<"$status")
  # Why, for the journal.
  jq --raw-output '.repositories[] | select(.answers | not) | "repo\(.key) does not answer: \(.message)"' <<<"$status" >&2
fi
publish "$KEPT/metrics.json"
