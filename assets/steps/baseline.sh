#!/bin/bash
# Notes on the target, while nobody can write there yet, what a rollback finds the writes since by: the horizon of
# transaction ids, each table's rows and counters, the sequences. Kept on the host and in the relay.
set -Eeuo pipefail

readonly BASELINE=$KEPT/baseline.json
readonly COUNTED=$STATE/fingerprint-target/relations

root_directory 0711 root "$KEPT"
[ -s "$COUNTED" ] || fail no-fingerprint "This run has no fingerprint of the target, which counts its rows ($COUNTED)." "Run fingerprint-target first."
# Sessions of the restore tell their counters when they end; this one sees what they told.
attempt baseline-failed "What stands on the target could not be noted" "Read the message; nothing was changed." \
  target_psql "$DATABASE" --tuples-only --no-align --set=run="$RUN_ID" --file=- \
  < <(cat "$SQL/users-code.sql" "$SQL/writes/leaves.sql" "$SQL/writes/counted.sql" "$SQL/writes/baseline.sql") 9<"$COUNTED" >"$BASELINE.new"
busy=$(jq --raw-output '.busy | join(", ")' "$BASELINE.new")
if [ -n "$busy" ]; then
  fail target-busy "Somebody writes on the target before it is opened: $busy." "End these sessions, then start a new run."
fi
attempt relay-refused "The baseline could not be put in the relay bucket $RELAY_BUCKET" \
  "Give this host's role s3:PutObject on runs/*/$SIDE/* of the bucket." \
  aws s3 cp --only-show-errors "$BASELINE.new" "s3://$RELAY_BUCKET/runs/$RUN_ID/$SIDE/baseline.json"
mv "$BASELINE.new" "$BASELINE"
succeed "$(jq --raw-output '"\"tables\":\(.leaves | length),\"horizon\":\"\(.horizon)\""' "$BASELINE")"
