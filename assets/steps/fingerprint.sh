#!/bin/bash
# Takes the fingerprint of one side: rows and digest of every relation, where each sequence stands, and the catalog as
# lines. On the source it sees the very snapshot that was dumped; on the target the background workers are stopped first.
set -Eeuo pipefail

readonly FINGERPRINT=$STATE/$STEP
catalog=(database roles relations columns constraints functions types other-objects owners comments)

# side_psql OPTIONS...: psql on this step's side.
side_psql() {
  if [ "$SIDE" = source ]; then source_psql "$@"; else target_psql "$DATABASE" "$@"; fi
}

# In one transaction that reads; on the source it is the held snapshot.
begin() {
  printf 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;\n'
  if [ "$SIDE" = source ]; then printf "SET TRANSACTION SNAPSHOT '%s';\n" "$(cat "$STATE/snapshot")"; fi
}

has() {
  side_psql --tuples-only --no-align --command="SELECT $1"
}

take_catalog() {
  local name
  if [ "$(has "to_regclass('_timescaledb_catalog.hypertable') IS NOT NULL")" = t ]; then catalog+=(timescaledb); fi
  if [ "$(has "has_table_privilege('pg_authid', 'SELECT')")" = t ]; then catalog+=(role-passwords); fi
  if [ "$(has "has_table_privilege('pg_subscription', 'SELECT')")" = t ]; then catalog+=(subscriptions); fi
  for name in "${catalog[@]}"; do
    run_catalog_query "$name" >>"$FINGERPRINT/catalog.csv"
  done
  run_catalog_query privileges >"$FINGERPRINT/privileges.csv"
  run_catalog_query sequences >"$FINGERPRINT/sequences.csv"
}

run_catalog_query() {
  { begin; cat "$SQL/needed-roles.sql" "$SQL/fingerprint/$1.sql"; } |
    side_psql --csv --tuples-only --set=extra_roles="$ROLES" --file=-
}

# Writes the digest statements, the largest relation first, and deals them out to FINGERPRINT_JOBS sessions.
take_row_digests() {
  local job pids=()
  { begin; cat "$SQL/fingerprint/row-digests.sql"; } |
    side_psql --tuples-only --no-align --record-separator-zero --field-separator=$'\t' --set=side="$SIDE" --file=- >"$FINGERPRINT/statements"
  if [[ " ${catalog[*]} " = *" timescaledb "* ]]; then
    { begin; cat "$SQL/fingerprint/hypertable-digests.sql"; } |
      side_psql --tuples-only --no-align --record-separator-zero --field-separator=$'\t' --file=- >>"$FINGERPRINT/statements"
  fi
  for ((job = 0; job < FINGERPRINT_JOBS; job++)); do
    { begin; sort --zero-terminated --numeric-sort --reverse "$FINGERPRINT/statements" | statements_of "$job"; } |
      side_psql --csv --tuples-only --file=- >"$FINGERPRINT/relations.$job.csv" &
    pids+=($!)
  done
  for job in "${!pids[@]}"; do
    wait "${pids[$job]}"
    cat "$FINGERPRINT/relations.$job.csv" >>"$FINGERPRINT/relations.csv"
    rm "$FINGERPRINT/relations.$job.csv"
  done
}

# statements_of JOB: every FINGERPRINT_JOBS-th statement. A statement may span lines (a view's query), so they come with
# a zero byte after each.
statements_of() {
  local size statement place=0
  while IFS=$'\t' read -r -d '' size statement; do
    if [ $((place % FINGERPRINT_JOBS)) = "$1" ]; then printf '%s;\n' "$statement"; fi
    place=$((place + 1))
  done
  : "${size:-}" # The size has done its work: the order.
}

rm -rf -- "$FINGERPRINT"
install -d -m 0700 "$FINGERPRINT"
ROLES=$EXTRA_ROLES
if [ "$SIDE" = target ]; then
  # The roles that came across: one that a change of owner left without an object is still compared.
  ROLES=$(source_field '.roles | tojson')
  # A restart of the server starts them again: without this, jobs would change rows between restore and comparison.
  target_psql "$DATABASE" --file=- <"$SQL/stop-workers.sql" >&2
else
  [ -s "$STATE/snapshot" ] || fail no-snapshot "This run holds no snapshot of the source." "Run hold-snapshot first."
fi
take_catalog
take_row_digests
rm "$FINGERPRINT/statements"
if [ "$SIDE" = source ]; then cp "$STATE/sequences-before.csv" "$FINGERPRINT/sequences-before.csv"; fi
attempt relay-refused "The fingerprint could not be put in the relay bucket $RELAY_BUCKET" \
  "Give this host's role s3:PutObject on runs/*/$SIDE/* of the bucket." \
  aws s3 cp --recursive --only-show-errors \
  "$FINGERPRINT" "s3://$RELAY_BUCKET/runs/$RUN_ID/$SIDE/fingerprint"
succeed "\"relations\":$(wc -l <"$FINGERPRINT/relations.csv")"
