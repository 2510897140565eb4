#!/bin/bash
# Makes the roles that the database needs, as they are on the source. Roles first: a restore without a job's owner loses
# every job.
set -Eeuo pipefail

[ -s "$DUMP/roles.sql" ] || fail no-dump "There is no whole dump in $DUMP." "Run fetch-dump first."
attempt roles-failed "The source's roles could not be made on the target" \
  "Read the message; a role that the target has already is set to what it is on the source." \
  target_psql postgres --single-transaction --file=- <"$DUMP/roles.sql" >&2
succeed "\"roles\":$(grep -c '^ALTER ROLE .* CONNECTION LIMIT ' "$DUMP/roles.sql" || :)"
