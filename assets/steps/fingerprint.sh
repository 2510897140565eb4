#!/bin/bash
# Takes the fingerprint of one side: rows and digest of every relation, where each sequence stands, and the catalog as
# lines. On the source it sees the very snapshot that was dumped; on the target the background workers are stopped first.
set -Eeuo pipefail

readonly FINGERPRINT=$STATE/$STEP

# side_psql OPTIONS...: psql on this step's side.
side_psql() {
  if [ "$SIDE" = source ]; then source_psql "$@"; else target_psql "$DATABASE" "$@"; fi
}

plain_psql() {
  if [ "$SIDE" = source ]; then plain_source_psql "$@"; else plain_target_psql "$DATABASE" "$@"; fi
}

# In one transaction that reads; on the source it is the held snapshot.
begin() {
  printf 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;\n'
  if [ "$SIDE" = source ]; then printf "SET TRANSACTION SNAPSHOT '%s';\n" "$(cat "$STATE/snapshot")"; fi
}

# inspect-source drew it, and inspect-target brought its result here.
read_salt() {
  local result=$STATE/inspect-source.json
  if [ "$SIDE" = source ]; then result=$STATE/results/inspect-source.json; fi
  SALT=$(sed -n 's/.*"salt":"\([0-9a-f]*\)".*/\1/p' "$result")
  [ -n "$SALT" ] || fail no-salt "The result of inspect-source has no salt for the digests ($result)." "Start a new run: it begins with inspect-source."
}

read_salt
if [ "$SIDE" = target ]; then
  # The roles that came across: one that a change of owner left without an object is still compared.
  ROLES=$(source_field '.roles | tojson')
  CARRIED_SETTINGS=$(jq --compact-output 'map(.name)' "$STATE/carried-settings.json")
  # A restart of the server starts them again: without this, jobs would change rows between restore and comparison.
  target_psql "$DATABASE" --file=- <"$SQL/stop-workers.sql" >&2
else
  [ -s "$STATE/snapshot" ] || fail no-snapshot "This run holds no snapshot of the source." "Run hold-snapshot first."
  # Who was connected when the run began, among others.
  ROLES=$(cat "$STATE/roles.json") CARRIED_SETTINGS='[]'
fi
rm -rf -- "$FINGERPRINT"
install -d -m 0700 "$FINGERPRINT"
take_catalog
take_row_digests
if [ "$SIDE" = source ]; then cp "$STATE/sequences-before" "$FINGERPRINT/sequences-before"; fi
attempt relay-refused "The fingerprint could not be put in the relay bucket $RELAY_BUCKET" \
  "Give this host's role s3:PutObject on runs/*/$SIDE/* of the bucket." \
  aws s3 cp --recursive --only-show-errors \
  "$FINGERPRINT" "s3://$RELAY_BUCKET/runs/$RUN_ID/$SIDE/fingerprint"
succeed "\"relations\":$(wc -l <"$FINGERPRINT/relations")"
