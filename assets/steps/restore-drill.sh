#!/bin/bash
# Restores the stanza's backup and WAL from one repository into a second cluster beside the live one, reads all of it, and
# removes it. The live cluster is at work meanwhile, and so is its archiving: the drill has a path, a socket, settings, and
# pgBackRest's locks, logs and spool of its own, and archives nothing.
set -Eeuo pipefail

readonly TIME=${SSM_Time-} REPOSITORY=${SSM_Repo:?}
readonly DRILL=$DRILLS/$RUN_ID-repo$REPOSITORY
readonly FINGERPRINT=$STATE/$STEP
readonly SERVER_LOG=$STATE/logs/$STEP.postgresql.log
SESSION_OPTIONS="-c max_parallel_workers_per_gather=0"

drill_psql() {
  CLUSTER_SOCKET=$DRILL/socket CLUSTER_PORT=$DRILL_PORT target_psql "$@"
}

# What shared/row-digests.sh wants.
side_psql() { drill_psql "$DATABASE" "$@"; }
begin() { printf 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;\n'; }
# These digests are compared with nothing.
SALT=

# watching_room COMMAND...: a live server whose volume is full goes down, so the drill ends before.
watching_room() {
  local pid free
  "$@" &
  pid=$!
  while kill -0 "$pid" 2>/dev/null; do
    free=$(free_bytes "$DATA_MOUNT")
    if [ "$free" -lt $((LEFT_TO_LIVE_BYTES / 2)) ]; then
      fail room-used-up "The data volume at $DATA_MOUNT came down to $(mebibytes "$free") during the drill, which was ended for the live server's sake." \
        "Make room or enlarge target.dataVolumeGiB, then start a new run."
    fi
    sleep 1
  done
  wait "$pid"
}

make_places() {
  root_directory 0755 root "$DRILLS"
  root_directory 0750 postgres "$DRILL"
  : >"$DRILL/$DRILL_MARKER"
  install -d -m 0700 -o postgres -g postgres "$DRILL"/{data,socket,lock,log,spool,tablespaces}
}

restore_cluster() {
  local target
  mapfile -t target < <(recovery_target)
  runuser -u postgres -- pgbackrest --stanza="$STANZA" --repo="$REPOSITORY" --set="$BACKUP" --pg1-path="$DRILL/data" --no-delta --archive-mode=off \
    --tablespace-map-all="$DRILL/tablespaces" --process-max="$DRILL_PROCESS_MAX" --lock-path="$DRILL/lock" \
    --log-path="$DRILL/log" --spool-path="$DRILL/spool" --log-level-file=off --log-level-console=info "${target[@]}" restore
}

# No background worker at all, so that no job can run; no standby, so that nobody reads before the end of the recovery.
write_settings() {
  printf 'local all postgres peer\n' >"$DRILL/pg_hba.conf"
  : >"$DRILL/pg_ident.conf"
  target_psql postgres --tuples-only --no-align --file=- <"$SQL/restore-drill/settings.sql" >"$DRILL/postgresql.conf"
  cat >>"$DRILL/postgresql.conf" <<CONF
data_directory = '$DRILL/data'
hba_file = '$DRILL/pg_hba.conf'
ident_file = '$DRILL/pg_ident.conf'
cluster_name = 'drill $RUN_ID'
listen_addresses = ''
port = $DRILL_PORT
unix_socket_directories = '$DRILL/socket'
unix_socket_permissions = 0700
shared_buffers = '128MB'
max_wal_size = '256MB'
hot_standby = off
max_worker_processes = 0
timescaledb.max_background_workers = 0
timescaledb.telemetry_level = off
autovacuum = off
archive_mode = off
archive_command = ''
CONF
  lend "$DRILL"/{postgresql,pg_hba,pg_ident}.conf
}

# Returns once the recovery has ended: until then a server that is no standby lets nobody in. pg_ctl's own wait ends before.
start_server() {
  runuser -u postgres -- pg_ctl start --pgdata="$DRILL/data" --options="--config-file=$DRILL/postgresql.conf" >>"$SERVER_LOG" 2>&1 || return
  until runuser -u postgres -- pg_isready --quiet --host="$DRILL/socket" --port="$DRILL_PORT"; do
    runuser -u postgres -- pg_ctl status --pgdata="$DRILL/data" >/dev/null || return
    sleep 0.5
  done
}

recover() {
  if watching_room start_server; then return 0; fi
  if grep -q 'recovery ended before configured recovery target' "$SERVER_LOG"; then
    fail time-not-reached "$(repository_name "$REPOSITORY") holds nothing that was committed after $TIME, so the recovery could not tell where to stop: $(grep -o 'last completed transaction was at .*' "$SERVER_LOG" | tail -n 1)." \
      "Name an earlier time, or leave it out for the latest."
  fi
  fail recovery-failed "The restored cluster did not come out of its recovery: $(grep -E 'FATAL|PANIC' "$SERVER_LOG" | tail -n 1)." \
    "Read $SERVER_LOG on the target: a segment that is missing in $(repository_name "$REPOSITORY") calls for a full backup."
}

check_time
remove_drills
choose_backup
check_room drill "$LEFT_TO_LIVE_BYTES"
trap 'remove_drill "$DRILL" || say "$DRILL could not be removed; the next run does it."' EXIT
make_places
say "Restoring backup $BACKUP from $(repository_name "$REPOSITORY"): $(mebibytes "$BACKUP_BYTES")."
attempt restore-failed "pgBackRest did not restore backup $BACKUP from $(repository_name "$REPOSITORY")" "Read the message, and $STATE/logs on the target." \
  watching_room restore_cluster >&2
write_settings
: >"$SERVER_LOG"
say "Recovering from its WAL${TIME:+ to $TIME}."
recover
if [ "$(drill_psql postgres --tuples-only --no-align --set=database="$DATABASE" <<<"SELECT count(*) FROM pg_database WHERE datname = :'database'")" = 0 ]; then
  fail database-missing "What $(repository_name "$REPOSITORY") gives has no database $DATABASE." "Look whether it was there at that time."
fi
restored_bytes=$(du --summarize --block-size=1 "$DRILL/data" | cut -f 1)
say "Reading all of it."
rm -rf -- "$FINGERPRINT"
install -d -m 0700 "$FINGERPRINT"
take_row_digests
restored=$(drill_psql "$DATABASE" --tuples-only --no-align --set=backup_stop="$BACKUP_STOP" --file=- \
  <"$SQL/restore-drill/restored.sql" 9<"$FINGERPRINT/relations")
if ! jq --exit-status '.timescaledb == null or .timescaledb.jobsStarted == 0' <<<"{$restored}" >/dev/null; then
  fail jobs-ran "In the drill's cluster TimescaleDB's jobs ran, which they must not." "Tell who keeps this program."
fi
trap - EXIT
remove_drills
succeed "\"repository\":$REPOSITORY,\"backup\":$(json_string "$BACKUP"),\"restoredBytes\":$restored_bytes,$restored"
