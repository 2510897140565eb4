#!/bin/bash
# What the run calls on the dump host. pg_dump of another major version than the server's writes another dump.
set -Eeuo pipefail

missing=''
for tool in psql pg_dump aws sha256sum systemd-run; do
  command -v "$tool" >/dev/null || missing+="${missing:+, }$tool"
done
[ -z "$missing" ] || refuse "The dump host has no $missing."
client=$(pg_dump --version | grep -oE '[0-9]+(\.[0-9]+)?' | sed -n 1p)
if [ "${client%%.*}" != "$POSTGRESQL_MAJOR" ]; then
  refuse "pg_dump on the dump host is of version $client; the server is of version $POSTGRESQL_MAJOR."
fi
# The first minor version of each major in which no name ends a comment of the dump (CVE-2025-8715).
declare -A sound=([13]=22 [14]=19 [15]=14 [16]=10 [17]=6)
minor=${client#*.}
if [ "$minor" -lt "${sound[${client%%.*}]:-0}" ]; then
  warn "pg_dump $client writes an object's name with a line feed so that it runs as SQL in the restore (CVE-2025-8715)." \
    "Bring PostgreSQL's client on the dump host to ${client%%.*}.${sound[${client%%.*}]} or later."
fi
pass "The dump host has pg_dump $client, psql, aws, sha256sum and systemd-run."
