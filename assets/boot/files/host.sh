#!/bin/bash
# What the host's own timers have in common: its settings, its server, its metrics.
set -Eeuo pipefail

# shellcheck source=/dev/null
source /etc/timescale-cutover/boot.conf
export PATH=/usr/lib/postgresql/$MAJOR/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/snap/bin
export LC_ALL=C.UTF-8 AWS_PAGER=''
export PGHOST=/var/run/postgresql PGPORT=$PORT PGUSER=postgres PGDATABASE=postgres PGCONNECT_TIMEOUT=5
# A fence knows the sessions of this name.
export PGAPPNAME=timescale-cutover-metrics
export PGOPTIONS='-c default_transaction_read_only=on -c statement_timeout=5s -c lock_timeout=2s -c search_path='
readonly SQL=/usr/local/share/timescale-cutover
POSTGRES_HOME=$(getent passwd postgres | cut -d: -f6)
readonly POSTGRES_HOME
# pgBackRest's keys of the repositories: the one on the repository host, and the one in S3.
readonly REPOSITORIES='3 2'
DATA=''
cd /

# as_postgres SECONDS COMMAND...: by setpriv, for runuser would log a session for each command of each minute.
as_postgres() {
  timeout --kill-after=2 "$1" setpriv --reuid=postgres --regid=postgres --init-groups env HOME="$POSTGRES_HOME" "${@:2}"
}

query() {
  as_postgres 8 psql -XqtA -v ON_ERROR_STOP=1 "$@"
}

# metric NAME UNIT VALUE [REPO]. The dimension is the environment, not the instance: alarms outlive a replaced one.
metric() {
  local repo=${4:+",{\"Name\":\"Repo\",\"Value\":\"$4\"}"}
  DATA+="${DATA:+,}{\"MetricName\":\"$1\",\"Dimensions\":[{\"Name\":\"Environment\",\"Value\":\"$ENVIRONMENT\"}$repo],\"Unit\":\"$2\",\"Value\":$3}"
}

# publish FILE: all that metric was told, with one call; FILE is where they are written for it.
publish() {
  printf '[%s]\n' "$DATA" >"$1"
  timeout --kill-after=2 15 aws --region "$REGION" cloudwatch put-metric-data --namespace "$METRICS_NAMESPACE" --metric-data "file://$1"
}
