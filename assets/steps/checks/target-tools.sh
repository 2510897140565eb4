#!/bin/bash
# The commands that the steps use on the target.
set -Eeuo pipefail

missing=''
for tool in psql pg_restore jq aws sha256sum systemd-run curl openssl flock perl; do
  command -v "$tool" >/dev/null || missing+="${missing:+, }$tool"
done
[ -z "$missing" ] || refuse "The target lacks $missing."
for tool in psql pg_restore; do
  version=$("$tool" --version)
  [[ $version =~ \ ([0-9]+) && ${BASH_REMATCH[1]} = "$POSTGRESQL_MAJOR" ]] ||
    refuse "$tool on the target is '$version'; PostgreSQL $POSTGRESQL_MAJOR's own is wanted." "Install postgresql-client-$POSTGRESQL_MAJOR there."
done
# pg_restore reads a compression only where it was built with it.
case $DUMP_COMPRESSION in
  zstd) library=libzstd ;;
  lz4) library=liblz4 ;;
  *) library=libz ;;
esac
# The names of its own libraries stand in it; ldd would show theirs as well, and OpenSSL has zstd.
grep -qF "$library.so" "$(command -v pg_restore)" ||
  refuse "pg_restore on the target was built without $library, and dump.compression is $DUMP_COMPRESSION." "Choose another dump.compression, or install PostgreSQL's own packages."
pass "All commands are there; $version reads $DUMP_COMPRESSION."
