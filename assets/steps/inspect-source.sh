#!/bin/bash
# Reads what the source is, and refuses what could not be dumped: wrong server, versions, rights, room. Changes nothing.
set -Eeuo pipefail

# field NAME: one field of the inspection.
field() {
  sed -n "s/^$1=//p" "$STATE/inspection"
}

# Of the digests of what may be secret: both fingerprints', and the password's.
SALT=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
if [ "$POSTGRESQL_MAJOR" -lt 15 ]; then
  fail postgresql-too-old "PostgreSQL $POSTGRESQL_MAJOR (versions.postgresql) is older than the fingerprint can read." "Upgrade the source to version 15 or later first."
fi
for tool in psql pg_dump aws sha256sum systemd-run; do
  command -v "$tool" >/dev/null || fail tool-missing "The dump host has no $tool." "Install it there (PostgreSQL's client of version $POSTGRESQL_MAJOR, the AWS CLI)."
done
encoding=$(source_psql --tuples-only --no-align 2>"$ERRORS" \
  --command="SELECT pg_encoding_to_char(encoding) FROM pg_database WHERE datname = current_database()") || refuse_connection
if [ "$encoding" = SQL_ASCII ]; then printf '%s' "$encoding" >"$STATE/client-encoding"; fi

attempt source-unreadable "The source could not be inspected" "Read the message; the user $SOURCE_USER needs to read the catalog." \
  source_psql --tuples-only --no-align --field-separator== --set=extra_roles="$EXTRA_ROLES" --set=omitted_roles="$OMITTED_ROLES" \
  --set=application_role="$APPLICATION_ROLE" --set=salt="$SALT" --file=- \
  < <(cat "$SQL/needed-roles.sql" "$SQL/inspect-source.sql") >"$STATE/inspection"
# Preflight compares the target with these even where the source is refused.
MEMBERS=$(field members)
# The same roles until the run ends: who is connected changes.
field roles >"$STATE/roles.json"
sessions_begin_with=$(plain_source_psql --tuples-only --no-align --file=- <"$SQL/session-settings.sql")
# Not printed: they go with the result to the target alone.
DETAILS="\"salt\":\"$SALT\",\"applicationPassword\":$(field password_proof),\"sessionSettings\":$sessions_begin_with"

if [ "$(field recovery)" = true ]; then
  fail source-is-standby "The source at $SOURCE_HOST is a standby: it can export no snapshot to the dump." "Name the primary (with Patroni: the leader)."
fi
for version in "postgresql=$POSTGRESQL_VERSION" "timescaledb=$TIMESCALEDB_VERSION" "postgis=$POSTGIS_VERSION"; do
  found=$(field "${version%%=*}")
  # A database need not use PostGIS or TimescaleDB; what it uses must be what the plan says.
  if [ -n "$found" ] && [ "$found" != "${version#*=}" ]; then
    fail source-version "The source has ${version%%=*} $found; versions.${version%%=*} says ${version#*=}." "Approve the version by setting versions.${version%%=*}, or name the right source."
  fi
done
if [ "$(field postgres)" = other ]; then
  fail role-postgres "The source has a role postgres that is no superuser: what it owns would be a superuser's on the target, where postgres is one." \
    "Rename that role (ALTER ROLE postgres RENAME TO ...), or give its objects to another."
fi
if [ -n "$(field hypercore)" ]; then
  fail hypercore "Chunks of these tables are on the hypercore access method, which pg_restore brings back without rows: $(field hypercore)." \
    "Take them back to the heap on the source (ALTER TABLE <chunk> SET ACCESS METHOD heap; compress_chunk keeps them compressed)."
fi
if [ "$(field restoring)" = on ]; then
  fail source-restoring "timescaledb.restoring is on at the source: an earlier restore into it was never ended, and queries leave out rows." "Run timescaledb_post_restore() there first."
fi
if [ -n "$(field unreadable)" ]; then
  fail source-unreadable "$SOURCE_USER may not read $(field unreadable)." "Grant SELECT on it, or name a superuser."
fi
perl -MDigest::MD5 -e 1 2>"$ERRORS" || fail tool-missing "The dump host has no perl with Digest::MD5: $(first_error)." "Install perl there."
client=$(pg_dump --version | grep -oE '[0-9]+' | sed -n 1p)
if [ "$client" != "$POSTGRESQL_MAJOR" ]; then
  fail client-version "pg_dump on the dump host is of version $client; the server is of version $POSTGRESQL_MAJOR." "Install postgresql-client-$POSTGRESQL_MAJOR there."
fi

# Text in a dump is as large as the table at the most, and compression only makes it smaller.
needed=$(field table_bytes)
free=$(free_bytes "$DUMP_DIRECTORY")
if [ "$free" -lt "$needed" ]; then
  fail no-room-for-dump "The dump may need $(mebibytes "$needed"); $DUMP_DIRECTORY on the dump host has $(mebibytes "$free") free." "Make room there, or name a roomier directory."
fi
succeed "\"dumpRoom\":{\"needed\":$needed,\"free\":$free}"
