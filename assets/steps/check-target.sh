#!/bin/bash
# Preflight's checks of the target, made on the target. Changes nothing.
set -Eeuo pipefail

readonly SOURCE_FACTS=$STATE/inspect-source.json

# What inspect-source found, as one line; {} before target-source-facts has it here.
source_facts() {
  if [ -s "$SOURCE_FACTS" ]; then jq --compact-output . "$SOURCE_FACTS"; else echo '{}'; fi
}

memory_kib() {
  sed -n 's/^MemTotal: *\([0-9]*\) kB$/\1/p' /proc/meminfo
}

# check_psql SECONDS OPTION...: the server ends a check's query too when the check's time is over.
check_psql() {
  local SESSION_OPTIONS="-c statement_timeout=${1}s"
  shift
  target_psql postgres --set=database="$DATABASE" --set=source="$(source_facts)" \
    --set=application_role="$APPLICATION_ROLE" --set=target_address="$TARGET_ADDRESS" \
    --set=postgresql_version="$POSTGRESQL_VERSION" --set=data_directory="$DATA_DIRECTORY" \
    --set=memory_kib="$(memory_kib)" --set=instance_memory_gib="$INSTANCE_MEMORY_GIB" \
    --set=restore_jobs="$RESTORE_JOBS" --set=restore_memory_mib="$MAINTENANCE_WORK_MEM_MIB" "$@"
}

make_checks
conclude_checks
