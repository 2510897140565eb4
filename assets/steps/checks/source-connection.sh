#!/bin/bash
# The source takes the connection that dump and fingerprint will use.
set -Eeuo pipefail

version=$(source_psql --tuples-only --no-align --command='SHOW server_version')
pass "PostgreSQL $version answers at $SOURCE_HOST:$SOURCE_PORT as $SOURCE_USER."
