#!/bin/bash
# Reads what the source is, and refuses what could not be dumped: wrong server, versions, rights, room. Changes nothing.
set -Eeuo pipefail

# Why a connection failed, told apart; the server's words stay in the message.
refuse_connection() {
  local where="$SOURCE_USER@$SOURCE_HOST:$SOURCE_PORT/$DATABASE"
  case $(first_error) in
    *'could not translate host name'*) fail source-name-unknown "The source's name $SOURCE_HOST (source.host) does not resolve." "Correct source.host, or the dump host's DNS." ;;
    *'Connection refused'*) fail source-refused "Nothing listens at $SOURCE_HOST:$SOURCE_PORT." "Correct source.host and source.port, and check that PostgreSQL runs and listens there." ;;
    *'timeout expired'* | *'timed out'* | *'No route to host'*) fail source-timeout "$SOURCE_HOST:$SOURCE_PORT did not answer within 15 s." "Open the path from the dump host to it: routes, security groups, firewalls." ;;
    *'no pg_hba.conf entry'*) fail source-not-admitted "The source admits no such connection: $(first_error)." "Add a pg_hba.conf line for $SOURCE_USER from the dump host's address." ;;
    *'password authentication failed'*) fail source-wrong-password "The source refused the password of $SOURCE_USER." "Store the right one in the secret $SOURCE_PASSWORD_SECRET (source.passwordSecret)." ;;
    *'does not support SSL'*) fail source-without-tls "The source speaks no TLS, and source.tls is $SOURCE_TLS." "Turn ssl on at the source." ;;
    *'certificate verify failed'* | *'does not match host name'* | *'root certificate file'*) fail source-certificate "The source's certificate was not accepted: $(first_error)." "Check source.rootCertificate and source.host against the certificate." ;;
    *"database \"$DATABASE\" does not exist"*) fail source-database-missing "The source has no database named $DATABASE (database.name)." "Correct database.name, or the source's address." ;;
    *'No such file or directory'*) fail source-socket-missing "There is no PostgreSQL socket at $SOURCE_HOST for port $SOURCE_PORT." "Correct source.socketDirectory and source.port, and check that PostgreSQL runs." ;;
    *) fail source-unreachable "No connection to the source ($where): $(first_error)." "Try the same with psql on the dump host." ;;
  esac
}

# field NAME: one field of the inspection.
field() {
  sed -n "s/^$1=//p" "$STATE/inspection"
}

if [ "$POSTGRESQL_MAJOR" -lt 15 ]; then
  fail postgresql-too-old "PostgreSQL $POSTGRESQL_MAJOR (versions.postgresql) is older than the fingerprint can read." "Upgrade the source to version 15 or later first."
fi
for tool in psql pg_dump aws sha256sum systemd-run; do
  command -v "$tool" >/dev/null || fail tool-missing "The dump host has no $tool." "Install it there (PostgreSQL's client of version $POSTGRESQL_MAJOR, the AWS CLI)."
done
source_psql --command='SELECT 1' >"$STATE/inspection" 2>"$ERRORS" || refuse_connection

attempt source-unreadable "The source could not be inspected" "Read the message; the user $SOURCE_USER needs to read the catalog." \
  source_psql --tuples-only --no-align --field-separator== --set=extra_roles="$EXTRA_ROLES" --file=- \
  < <(cat "$SQL/needed-roles.sql" "$SQL/inspect-source.sql") >"$STATE/inspection"

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
if [ "$(field restoring)" = on ]; then
  fail source-restoring "timescaledb.restoring is on at the source: an earlier restore into it was never ended, and queries leave out rows." "Run timescaledb_post_restore() there first."
fi
if [ -n "$(field unreadable)" ]; then
  fail source-unreadable "$SOURCE_USER may not read $(field unreadable)." "Grant SELECT on it, or name a superuser."
fi
client=$(pg_dump --version | grep -oE '[0-9]+' | head -n 1)
if [ "$client" != "$POSTGRESQL_MAJOR" ]; then
  fail client-version "pg_dump on the dump host is of version $client; the server is of version $POSTGRESQL_MAJOR." "Install postgresql-client-$POSTGRESQL_MAJOR there."
fi

# Text in a dump is as large as the table at the most, and compression only makes it smaller.
needed=$(field table_bytes)
free=$(free_bytes "$DUMP_DIRECTORY")
if [ "$free" -lt "$needed" ]; then
  fail no-room-for-dump "The dump may need $(mebibytes "$needed"); $DUMP_DIRECTORY on the dump host has $(mebibytes "$free") free." "Make room there, or name a roomier directory."
fi
succeed "$(field members),\"dumpRoom\":{\"needed\":$needed,\"free\":$free}"
