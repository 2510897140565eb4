#!/bin/bash
# The source takes the connection that dump and fingerprint will use: the secret's password, the address, TLS, the database.
set -Eeuo pipefail

# What would end a step is a finding here.
fail() { refuse "$2" "$3"; }
aws() { AWS_MAX_ATTEMPTS=1 command aws --cli-connect-timeout 5 --cli-read-timeout 10 "$@"; }

command -v psql >/dev/null || unmade "psql is missing on the dump host." "Install PostgreSQL's client of version $POSTGRESQL_MAJOR there."
fetch_source_password
version=$(source_psql --tuples-only --no-align --command='SHOW server_version' 2>"$ERRORS") || refuse_connection
protected=''
if [ "$SOURCE_KIND" = network ]; then protected=", with TLS ($SOURCE_TLS)"; fi
pass "PostgreSQL $version answers at $SOURCE_HOST:$SOURCE_PORT as $SOURCE_USER$protected."
