#!/bin/bash
# backup full|incremental: backs the cluster up into each repository, one after the other; its timers start it. One that
# fails does not stop the next, and is told by the exit status. Two at once pgBackRest itself refuses, by its lock. At its end
# each expires by itself, as repoN-retention-full says. Before the cutover, or on a standby, there is nothing to back up.
set -Eeuo pipefail

# shellcheck source=/dev/null
source /usr/local/share/timescale-cutover/host.sh
declare -rA TYPES=([full]=full [incremental]=incr)
readonly TYPE=${TYPES[$1]}

read -r mode standby < <(query -F ' ' -c "SELECT current_setting('archive_mode'), pg_is_in_recovery()") || {
  echo "No backup: the server at port $PORT does not answer." >&2
  exit 1
}
if [ "$mode" = off ] || [ "$standby" = t ]; then
  echo "No backup: archive_mode is $mode$([ "$standby" = f ] || echo ', and the server is in recovery')." >&2
  exit 0
fi

failed=''
for repo in $REPOSITORIES; do
  as_postgres 0 pgbackrest --stanza="$STANZA" --repo="$repo" --type="$TYPE" --log-level-console=warn backup || failed+=" repo$repo"
done
[ -z "$failed" ] || {
  echo "The backup failed in$failed: read /var/log/pgbackrest, and make it again by: cutover archive backup" >&2
  exit 1
}
