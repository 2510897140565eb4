#!/bin/bash
# The settings under which activate refuses to open the target.
set -Eeuo pipefail

abnormal=$(check_psql 10 --tuples-only --no-align --file=- <"$SQL/fence/abnormal-settings.sql")
[ -z "$abnormal" ] || refuse "The target's server does not run as production must: $abnormal."
pass "fsync, full_page_writes, synchronous_commit, autovacuum and track_counts are on, and wal_level is not minimal."
