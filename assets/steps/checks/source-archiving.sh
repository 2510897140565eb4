#!/bin/bash
# By PostgreSQL's statistics alone. They count what pgBackRest drops as archived: other checks look for that.
set -Eeuo pipefail

check_psql 5 --set=ready_segments="$READY_SEGMENTS" --tuples-only --no-align --field-separator="$SEPARATOR" --file=- \
  <"$SQL/preflight/archiving/archiver.sql" >&4
