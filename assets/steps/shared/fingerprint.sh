#!/bin/bash
# What a fingerprint is made of: rows and digest of every relation, where each sequence stands, and the catalog as lines.
# The step says how its database is reached (side_psql), how a transaction that reads begins (begin), which ROLES to look at
# beside those that own something, and the SALT of digests of what may be secret: of a bare digest a guess can be proved.
set -Eeuo pipefail

readonly FINGERPRINT=$STATE/$STEP
catalog=(database roles relations columns constraints functions types other-objects owners comments)

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
  { printf "\\set salt '%s'\n" "$SALT"; begin; cat "$SQL/needed-roles.sql" "$SQL/fingerprint/$1.sql"; } |
    side_psql --csv --tuples-only --set=extra_roles="$ROLES" --file=-
}

# Writes the digest statements, the largest relation first, and deals them out to FINGERPRINT_JOBS sessions.
take_row_digests() {
  local job pids=()
  { begin; cat "$SQL/fingerprint/row-digests.sql"; } |
    side_psql --tuples-only --no-align --record-separator-zero --field-separator=$'\t' --file=- >"$FINGERPRINT/statements"
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

take_fingerprint() {
  rm -rf -- "$FINGERPRINT"
  install -d -m 0700 "$FINGERPRINT"
  take_catalog
  take_row_digests
  rm "$FINGERPRINT/statements"
}
