#!/bin/bash
# Takes a lost instance's place: restores the stanza's backup and WAL from one repository into this host's cluster, which
# must be an empty one. What was there is set aside, not removed. The lost instance had this address: it cannot run.
set -Eeuo pipefail

readonly TIME=${SSM_Time-} REPOSITORY=${SSM_Repo:?}
readonly CLUSTER_UNIT=postgresql@$POSTGRESQL_MAJOR-main
readonly SERVER_LOG=/var/log/postgresql/postgresql-$POSTGRESQL_MAJOR-main.log
readonly ASIDE=$DATA_DIRECTORY.before-$RUN_ID

server_runs() {
  local answer=0
  runuser -u postgres -- pg_isready --quiet --host=/var/run/postgresql --port="$TARGET_PORT" || answer=$?
  # 1: it is starting, stopping or recovering.
  [ "$answer" -le 1 ]
}

# Of the cluster on the data volume; empty where it cannot be read.
system_identifier() {
  runuser -u postgres -- pg_controldata "$DATA_DIRECTORY" 2>/dev/null | sed -n 's/^Database system identifier: *//p'
}

refuse_cluster_in_use() {
  local databases
  if ! server_runs; then
    [ "$REPLACE" = "$DATABASE" ] ||
      fail cluster-not-running "PostgreSQL does not run on the target, so what its cluster at $DATA_DIRECTORY holds cannot be seen." \
        "Start it; or, if it is damaged and may be set aside, say --replace $DATABASE."
    return 0
  fi
  [ "$(system_identifier)" != "$STANZA_SYSTEM" ] ||
    fail nothing-lost "The cluster that runs on the target is the one that stanza $STANZA is of: there is nothing to recover. Nothing was changed." \
      "To go back to an earlier moment, see what that moment holds first: cutover drill --time."
  databases=$(target_psql postgres --tuples-only --no-align --command="SELECT string_agg(datname, ', ') FROM pg_database WHERE datname NOT IN ('postgres', 'template0', 'template1')")
  [ -z "$databases" ] ||
    fail cluster-not-empty "The cluster that runs on the target is not the one that stanza $STANZA is of, and it is not empty: it has $databases. Nothing was changed." \
      "Recover on a fresh host with a blank volume."
}

set_aside() {
  systemctl stop "$CLUSTER_UNIT"
  if [ -e "$DATA_DIRECTORY" ]; then runuser -u postgres -- mv --no-target-directory "$DATA_DIRECTORY" "$ASIDE"; fi
  clear_spool
  runuser -u postgres -- mkdir -m 0700 "$DATA_DIRECTORY"
}

restore_cluster() {
  local target
  mapfile -t target < <(recovery_target)
  runuser -u postgres -- pgbackrest --stanza="$STANZA" --repo="$REPOSITORY" --set="$BACKUP" --no-delta --log-level-console=info "${target[@]}" restore
}

promoted() {
  [ "$(target_psql postgres --tuples-only --no-align --command='SELECT NOT pg_is_in_recovery()' 2>/dev/null)" = t ]
}

# PostgreSQL recovers for as long as it takes; the unit's own limit is the end of it.
await_promotion() {
  until promoted; do
    server_runs ||
      fail recovery-failed "PostgreSQL did not come out of its recovery: $(runuser -u postgres -- grep -E 'FATAL|PANIC' "$SERVER_LOG" | grep -v 'starting up' | tail -n 1)." \
        "Read $SERVER_LOG on the target. Once it is mended, start a new run with --replace $DATABASE."
    sleep 1
  done
}

await_scheduler() {
  local wait
  for ((wait = 0; wait < 60; wait++)); do
    [ "$(target_psql "$DATABASE" --tuples-only --no-align --file=- <"$SQL/recover/scheduler.sql")" != t ] || return 0
    sleep 1
  done
  fail jobs-idle "The database is recovered and open, but TimescaleDB's scheduler does not run in it: no job will." \
    "Look in $SERVER_LOG on the target, and whether max_worker_processes leaves room for it."
}

check_time
choose_backup
STANZA_SYSTEM=$(stanza_info "$REPOSITORY" .systemId)
refuse_cluster_in_use
check_room recovery 0
set_aside
say "Restoring backup $BACKUP from $(repository_name "$REPOSITORY"): $(mebibytes "$BACKUP_BYTES")."
attempt restore-failed "pgBackRest did not restore backup $BACKUP from $(repository_name "$REPOSITORY")" \
  "Read the message. What was here before is at $ASIDE. Once it is mended, start a new run with --replace $DATABASE." \
  restore_cluster >&2
say "Recovering from its WAL${TIME:+ to $TIME}."
systemctl start "$CLUSTER_UNIT"
await_promotion
await_scheduler
read_standing
if [ "$(standing phase)" = fenced ]; then
  fail recovered-fenced "The database is recovered, and closed: the backup or its WAL holds the fence of run $(standing run), a rollback that had not ended when the instance was lost." \
    "Look at the application's secret. Where it names this target, open the database by hand: $(standing byHand)"
fi
succeed "\"repository\":$REPOSITORY,\"backup\":$(json_string "$BACKUP"),\"setAside\":$(json_string "$ASIDE"),$(
  target_psql "$DATABASE" --tuples-only --no-align --set=backup_stop="$BACKUP_STOP" --set=database="$DATABASE" --file=- <"$SQL/recover/recovered.sql"
)"
