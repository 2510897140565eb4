#!/bin/bash
# Hands every object of the target's database over to one role (ownership.mode reassign, the plan's way). Runs after
# timescaledb_post_restore(), because only then does a hypertable's owner carry over to its chunks, and before the
# background workers start, because a job must own what it works on.
set -Eeuo pipefail

attempt ownership-failed "The ownership could not be handed over to $OWNER" \
  "Read the message. The role must be among those that the database needs, or in extraRoles." \
  target_psql "$DATABASE" --set=owner="$OWNER" --single-transaction --file=- <"$SQL/reassign-ownership.sql" >&2
succeed "\"owner\":$(json_string "$OWNER")"
