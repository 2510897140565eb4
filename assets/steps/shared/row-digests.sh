#!/bin/bash
# Rows and digest of every relation, into relations.csv of the folder FINGERPRINT. The step says how its database is reached
# (side_psql), and how a transaction that reads begins (begin).
set -Eeuo pipefail

# Writes the digest statements, the largest relation first, and deals them out to FINGERPRINT_JOBS sessions.
take_row_digests() {
  local job pids=()
  { begin; cat "$SQL/fingerprint/row-digests.sql"; } |
    side_psql --tuples-only --no-align --record-separator-zero --field-separator=$'\t' --file=- >"$FINGERPRINT/statements"
  if [ "$(side_psql --tuples-only --no-align --command="SELECT to_regclass('_timescaledb_catalog.hypertable') IS NOT NULL")" = t ]; then
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
  rm "$FINGERPRINT/statements"
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
