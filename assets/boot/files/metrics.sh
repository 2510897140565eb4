#!/bin/bash
# Publishes what only the host itself knows of the target: once a minute, by timescale-cutover-metrics.timer, with one
# call. Each reading has an end to its patience, and one that fails leaves the others alone: what could not be read has no
# value, and MetricsUnread, which always has one, says how many readings that were.
set -Eeuo pipefail

# shellcheck source=/dev/null
source /etc/timescale-cutover/boot.conf
export PATH=/usr/lib/postgresql/$MAJOR/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/snap/bin
export LC_ALL=C.UTF-8 AWS_PAGER=''
export PGHOST=/var/run/postgresql PGPORT=$PORT PGUSER=postgres PGDATABASE=postgres PGCONNECT_TIMEOUT=5
export PGAPPNAME=timescale-cutover-metrics
export PGOPTIONS='-c default_transaction_read_only=on -c statement_timeout=5s -c lock_timeout=2s -c search_path='
readonly SQL=/usr/local/share/timescale-cutover KEPT=/run/timescale-cutover-metrics
DATA='' UNREAD=0

# metric NAME UNIT VALUE [REPO]. The dimension is the environment, not the instance: alarms outlive a replaced one.
metric() {
  local repo=${4:+",{\"Name\":\"Repo\",\"Value\":\"$4\"}"}
  DATA+="${DATA:+,}{\"MetricName\":\"$1\",\"Dimensions\":[{\"Name\":\"Environment\",\"Value\":\"$ENVIRONMENT\"}$repo],\"Unit\":\"$2\",\"Value\":$3}"
}

unread() {
  UNREAD=$((UNREAD + 1))
  echo "Not read: $*" >&2
}

# as_postgres SECONDS COMMAND...: by setpriv, for runuser would log a session for each command of each minute.
as_postgres() {
  timeout --kill-after=2 "$1" setpriv --reuid=postgres --regid=postgres --init-groups env HOME="$POSTGRES_HOME" "${@:2}"
}

query() {
  as_postgres 8 psql -XqtA -v ON_ERROR_STOP=1 "$@"
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
      if [ "$name" = ArchivingOn ]; then echo "$number" >"$KEPT/archiving"; fi
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

# read_backup REPO: keeps when the newest whole backup of the stanza's present cluster ended. pgBackRest takes its time
# with a repository that does not answer, and then exits with 0: what it prints counts.
read_backup() {
  local kept=$KEPT/backup-$1 answer newest
  if [ -n "$(find "$kept" -mmin -15 2>/dev/null)" ]; then return; fi
  answer=$(as_postgres 20 pgbackrest --stanza="$STANZA" --repo="$1" --output=json --log-level-console=off --log-level-file=off info 2>&1) || :
  newest=$(jq --argjson repo "$1" '.[0] | ([.db[] | select(."repo-key" == $repo).id] | max) as $db
    | [.backup[] | select(.database == {id: $db, "repo-key": $repo} and (.error | not)).timestamp.stop] | max // empty' 2>/dev/null <<<"$answer") ||
    newest=''
  [ -n "$newest" ] || echo "No backup found in repo $1: ${answer:-no answer}" >&2
  echo "$newest" >"$kept"
}

# While archiving is off there is no backup to miss: its age is 0. Whether it is off, a server that is down cannot say:
# what it said last holds.
read_backups() {
  local repo newest
  if [ "$(cat "$KEPT/archiving" 2>/dev/null)" != 1 ]; then
    rm -f "$KEPT"/backup-*
    for repo in 3 2; do metric BackupAgeSeconds Seconds 0 "$repo"; done
    return
  fi
  for repo in 3 2; do read_backup "$repo" & done
  wait
  for repo in 3 2; do
    newest=$(cat "$KEPT/backup-$repo")
    [ -z "$newest" ] || metric BackupAgeSeconds Seconds $(($(date +%s) - newest)) "$repo"
  done
}

POSTGRES_HOME=$(getent passwd postgres | cut -d: -f6)
umask 077
install -d -m 0700 "$KEPT"
exec 9>"$KEPT/lock"
flock -n 9 || exit 0
cd /
read_volume
read_server
read_backups
metric MetricsUnread Count "$UNREAD"
printf '[%s]\n' "$DATA" >"$KEPT/metrics.json"
timeout --kill-after=2 15 aws --region "$REGION" cloudwatch put-metric-data --namespace "$METRICS_NAMESPACE" --metric-data "file://$KEPT/metrics.json"
