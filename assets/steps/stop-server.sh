#!/bin/bash
# Stops PostgreSQL before its instance is terminated, and proves by the cluster's control file that it shut down in order.
# Run again it only proves that.
set -Eeuo pipefail

readonly CLUSTER_UNIT=postgresql@$POSTGRESQL_MAJOR-main
readonly CONTROL=$STATE/control

# A server that was not started by its unit has the cluster open as well.
runs() {
  runuser -u postgres -- pg_ctl status --pgdata="$DATA_DIRECTORY" >/dev/null
}

request_stop() {
  say "stopping PostgreSQL"
  if systemctl is-active --quiet "$CLUSTER_UNIT"; then
    systemctl stop --no-block "$CLUSTER_UNIT"
  else
    runuser -u postgres -- pg_ctl stop --mode=fast --no-wait --pgdata="$DATA_DIRECTORY" >&2
  fi
}

# What the postmaster still waits for: the archiver, say, whose repository does not answer.
processes() {
  { ps -o args= --ppid "$(sed -n 1p "$DATA_DIRECTORY/postmaster.pid")" || :; } | sed -n 1,5p | paste -s -d , | sed 's/,/, /g'
}

await_stop() {
  local end=$((SECONDS + STOP_SECONDS))
  while runs; do
    [ "$SECONDS" -lt "$end" ] ||
      fail server-not-stopped "PostgreSQL takes no new sessions, but has not stopped within $STOP_SECONDS s. It waits for: $(processes)." \
        "It goes on stopping. Mend what it waits for (/var/log/postgresql/postgresql-$POSTGRESQL_MAJOR-main.log), then run this again; or systemctl start $CLUSTER_UNIT once it has stopped, to go on with this host."
    sleep 0.5
  done
}

# control NAME: what pg_controldata says of it.
control() {
  sed -n "s/^$1: *//p" "$CONTROL"
}

prove_shut_down() {
  local state
  attempt control-unreadable "The control file of $DATA_DIRECTORY cannot be read" "See what is at $DATA_DIRECTORY on the host." \
    runuser -u postgres -- pg_controldata "$DATA_DIRECTORY" >"$CONTROL"
  state=$(control 'Database cluster state')
  [[ $state == 'shut down' || $state == 'shut down in recovery' ]] ||
    fail server-crashed "PostgreSQL does not run, and its cluster was not shut down: its control file says '$state'." \
      "Start it (systemctl start $CLUSTER_UNIT), so that it recovers, and see its log (/var/log/postgresql/postgresql-$POSTGRESQL_MAJOR-main.log); then run this again."
  sync --file-system "$DATA_DIRECTORY"
}

[ -e "$DATA_DIRECTORY/PG_VERSION" ] ||
  fail cluster-missing "There is no cluster at $DATA_DIRECTORY." "See whether the data volume is mounted: findmnt $DATA_MOUNT."
if runs; then
  request_stop
  await_stop
fi
prove_shut_down
succeed "\"cluster\":{\"systemIdentifier\":\"$(control 'Database system identifier')\",\"state\":\"$(control 'Database cluster state')\",\"checkpoint\":\"$(control 'Latest checkpoint location')\"}"
