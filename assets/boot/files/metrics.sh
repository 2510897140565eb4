#!/bin/bash
# Publishes what only the host itself knows of the target: once a minute, by timescale-cutover-metrics.timer, with one
# call. Each reading has an end to its patience, and one that fails leaves the others alone: what could not be read has no
# value, and MetricsUnread, which always has one, says how many readings that were.
set -Eeuo pipefail

# shellcheck source=/dev/null
source /usr/local/share/timescale-cutover/host.sh
readonly KEPT=/run/timescale-cutover-metrics
UNREAD=0

unread() {
  UNREAD=$((UNREAD + 1))
  echo "Not read: $*" >&2
}

read_volume() {
  local free used mount
  read -r free used mount < <(timeout 5 df -B1 --output=avail,used,target "$DATA_MOUNT" | tail -n 1) || :
  # Without the volume, df tells of the root disk.
  if [ "$mount" != "$DATA_MOUNT" ]; then
    unread "$DATA_MOUNT, which is not mounted"
    return
  fi
  metric DataVolumeFreeBytes Bytes "$free"
  metric DataVolumeFreePercent Percent $((100 * free / (free + used)))
}

read_server() {
  local lines name unit number
  if ! as_postgres 5 pg_isready -q -t 3; then
    metric PostgreSQLUp None 0
    return
  fi
  metric PostgreSQLUp None 1
  if lines=$(query -F ' ' <"$SQL/server-metrics.sql" 2>"$KEPT/error"); then
    while read -r name unit number; do
      metric "$name" "$unit" "$number"
    done <<<"$lines"
    read_jobs
  elif grep -qE 'too many clients|connection slots' "$KEPT/error"; then
    # Up, and so full that not even a superuser gets in.
    metric ConnectionsPercent Percent 100
  else
    unread "the server: $(head -n 1 "$KEPT/error")"
  fi
}

# A session in each database, and no further one when the time that a minute has for this is over.
read_jobs() {
  local database failures sum=0 asked=0
  while IFS= read -r -d '' database; do
    if [ "$SECONDS" -gt 20 ] || ! failures=$(PGDATABASE=$database query <"$SQL/job-failures.sql"); then
      unread "the jobs of database $database"
      return
    fi
    sum=$((sum + ${failures:-0})) asked=1
  done < <(query -0 <"$SQL/databases.sql")
  if [ "$asked" = 1 ]; then metric JobFailures Count "$sum"; else unread 'the list of databases'; fi
}

umask 077
install -d -m 0700 "$KEPT"
exec 9>"$KEPT/lock"
flock -n 9 || exit 0
read_volume
read_server
metric MetricsUnread Count "$UNREAD"
publish "$KEPT/metrics.json"
