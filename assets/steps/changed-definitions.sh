#!/bin/bash
# Lists what was defined otherwise on the target since the switch: a rollback takes rows to the source, and no definitions.
# The catalog's lines of now beside those that the cutover compared. Where these are gone it says so; the rollback goes on.
set -Eeuo pipefail

readonly CUTOVER_RUN_ID=${SSM_CutoverRunId:?}
readonly OF_CUTOVER=$STATE/definitions-of-the-cutover
readonly FINGERPRINT=$STATE/$STEP

# What shared/catalog-lines.sh wants.
side_psql() { target_psql "$DATABASE" "$@"; }
plain_psql() { plain_target_psql "$DATABASE" "$@"; }
begin() { printf 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;\n'; }

# find NAME LOCAL RELAYED: into a folder of this run's, from this host, or from the relay where the host is another by now.
find_file() {
  if [ -s "$2" ]; then
    cp "$2" "$OF_CUTOVER/$1"
  else
    aws s3 cp --only-show-errors "s3://$RELAY_BUCKET/runs/$CUTOVER_RUN_ID/$3" "$OF_CUTOVER/$1" 2>"$ERRORS"
  fi
}

install -d -m 0700 "$OF_CUTOVER"
if ! find_file catalog "$STATE_ROOT/$CUTOVER_RUN_ID/fingerprint-target/catalog" target/fingerprint/catalog ||
  ! find_file inspect-source.json "$STATE_ROOT/$CUTOVER_RUN_ID/inspect-source.json" source/results/inspect-source.json ||
  ! find_file inspect-target.json "$STATE_ROOT/$CUTOVER_RUN_ID/results/inspect-target.json" target/results/inspect-target.json; then
  say "What was defined at the switch is kept no longer: $(first_error)."
  succeed '"changedDefinitions":null'
fi
ROLES=$(jq --compact-output .roles "$OF_CUTOVER/inspect-source.json")
CARRIED_SETTINGS=$(jq --compact-output '.carriedSettings // []' "$OF_CUTOVER/inspect-target.json")
SALT=$(jq --raw-output .salt "$OF_CUTOVER/inspect-source.json")
rm -rf -- "$FINGERPRINT"
install -d -m 0700 "$FINGERPRINT"
take_catalog
changed=$(target_psql postgres --tuples-only --no-align --file=- <"$SQL/writes/changed-definitions.sql" 8<"$OF_CUTOVER/catalog" 9<"$FINGERPRINT/catalog")
say "Defined otherwise since the switch: $(jq --raw-output 'if . == [] then "nothing" else join("; ") end' <<<"$changed")."
DETAILS="\"changedDefinitions\":$changed"
succeed "\"changed\":$(jq length <<<"$changed")"
