#!/bin/bash
# The target's server answers over its local socket.
set -Eeuo pipefail

version=$(target_psql postgres --tuples-only --no-align --command='SHOW server_version')
pass "PostgreSQL $version answers on port $TARGET_PORT."
