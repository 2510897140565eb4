#!/bin/bash
# Preflight's checks of the source, made on the dump host. Changes nothing.
set -Eeuo pipefail

# check_psql SECONDS OPTION...: the server ends a check's query too when the check's time is over, and one that meets a
# lock says so before.
check_psql() {
  local SOURCE_SESSION_OPTIONS="-c statement_timeout=${1}s -c lock_timeout=3s"
  shift
  source_psql --set=postgresql="$POSTGRESQL_VERSION" --set=timescaledb="$TIMESCALEDB_VERSION" --set=postgis="$POSTGIS_VERSION" \
    --set=application_role="$APPLICATION_ROLE" --set=in_flight_seconds="$IN_FLIGHT_SECONDS" --set=dump_jobs="$DUMP_JOBS" \
    --set=target_locales="$TARGET_LOCALES" --set=target_max_connections="$TARGET_MAX_CONNECTIONS" "$@"
}

# bounded_aws COMMAND...: one try, so that the finding comes before the check's end.
bounded_aws() {
  AWS_MAX_ATTEMPTS=1 aws --cli-connect-timeout 5 --cli-read-timeout 10 "$@"
}

make_checks
# Of a network source; a step that needs its password fetches it.
rm -f -- "$SOURCE_SECRETS/pgpass" "$SOURCE_SECRETS/secret"
conclude_checks
