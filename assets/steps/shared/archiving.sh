#!/bin/bash
# Archiving of the target's cluster. ALTER SYSTEM keeps it on the data volume: it survives a replaced instance.
set -Eeuo pipefail

readonly ARCHIVE_COMMAND="pgbackrest --stanza=$STANZA archive-push \"%p\""

archive_mode() {
  target_psql postgres --tuples-only --no-align --command='SHOW archive_mode'
}

# set_archiving on|off: PostgreSQL takes archive_mode only when it starts.
set_archiving() {
  attempt archiving-not-set "Archiving could not be turned $1 on the target" "Read the message." \
    target_psql postgres --set=command="$ARCHIVE_COMMAND" --set=timeout="${ARCHIVE_TIMEOUT_SECONDS}s" --file=- <"$SQL/archiving/$1.sql"
}

# While archiving is off. An acknowledgement (.ok) of an earlier cluster, or of an earlier cutover, makes pgBackRest skip the
# segment of that name.
clear_spool() {
  runuser -u postgres -- rm -rf --one-file-system -- "$SPOOL_PATH/archive/$STANZA"
}

restart_server() {
  # Without it the shutdown's own checkpoint would write all that is dirty while the application waits.
  target_psql postgres --command=CHECKPOINT
  attempt restart-failed "PostgreSQL did not start again on the target" "Read /var/log/postgresql/postgresql-$POSTGRESQL_MAJOR-main.log on the target." \
    systemctl restart "postgresql@$POSTGRESQL_MAJOR-main"
}
