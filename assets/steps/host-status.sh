#!/bin/bash
# How the host's boot ended and, where it ended well, which cluster answers. Only reads. While the boot goes on the host
# may have neither jq nor PostgreSQL.
set -Eeuo pipefail

readonly BOOT=$STATE_ROOT/boot.json

# Of an earlier start of the host, or of an earlier attempt, nothing is said.
has_booted() {
  [ "$(systemctl is-active timescale-cutover-boot)" != activating ] && [ -s "$BOOT" ] &&
    grep --quiet --fixed-strings "\"bootId\":\"$(cat /proc/sys/kernel/random/boot_id)\"" "$BOOT"
}

has_booted || succeed '"boot":null,"cluster":null'
if ! grep --quiet --fixed-strings '"status":"succeeded"' "$BOOT"; then
  succeed "\"boot\":$(cat "$BOOT"),\"cluster\":null"
fi
attempt server-not-asked "PostgreSQL does not answer" "On the host: pg_lsclusters, then the server's log in /var/log/postgresql." \
  target_psql postgres --tuples-only --no-align --file=- <"$SQL/cluster.sql" >"$STATE/cluster.json"
succeed "\"boot\":$(cat "$BOOT"),\"cluster\":$(cat "$STATE/cluster.json")"
