#!/bin/bash
# Compares the fingerprints of source and target, rows and catalog both: each finds what the other cannot see. Any
# difference fails the run, but those that the comparison itself explains (a change of ownership, an extension's members), and
# those that somebody accepts by their exact names ("relation public.x", "table public.x, options").
set -Eeuo pipefail

readonly COMPARISON=$DUMP/comparison
readonly ACCEPTED=${SSM_Accept:-[]}

# difference FILTER: lines for a person, one a difference.
print_differences() {
  jq --raw-output '
    (.differentRelations[] | "DIFFERS relation \(.name): source \(.source | tojson), target \(.target | tojson)"),
    (.differentCatalogLines[] | select(.expected | not)
      | "DIFFERS \(.object), \(.attribute): source \(.source | tojson), target \(.target | tojson)")' <<<"$1"
}

root_directory 0750 postgres "$DUMP"
rm -rf --one-file-system -- "$COMPARISON"
install -d -m 0700 "$COMPARISON" "$COMPARISON/source" "$COMPARISON/target"
attempt fingerprint-missing "A fingerprint could not be read from the relay bucket $RELAY_BUCKET" "Run fingerprint on both sides first." \
  aws s3 cp --recursive --only-show-errors "s3://$RELAY_BUCKET/runs/$RUN_ID/source/fingerprint" "$COMPARISON/source"
attempt fingerprint-missing "A fingerprint could not be read from the relay bucket $RELAY_BUCKET" "Run fingerprint on both sides first." \
  aws s3 cp --recursive --only-show-errors "s3://$RELAY_BUCKET/runs/$RUN_ID/target/fingerprint" "$COMPARISON/target"
seal "$COMPARISON"

encoding=$(client_encoding)
# Bytes in no known encoding: in LATIN1 each is a character.
if [ "$encoding" = SQL_ASCII ]; then encoding=LATIN1; fi
comparison=$(target_psql postgres --tuples-only --no-align --set=encoding="$encoding" --set=directory="$COMPARISON" --set=mode="$OWNERSHIP" --set=owner="$OWNER" \
  --file=- <"$SQL/compare.sql")
rm -rf -- "$COMPARISON"
comparison=$(jq --compact-output --slurpfile carried "$STATE/carried-settings.json" --argjson accepted "$ACCEPTED" '
  def is_accepted(name): name as $name | any($accepted[]; . == $name);
  . + {
    carriedSettings: $carried[0],
    acceptedDifferences: ([.differentRelations[] | "relation \(.name)"] + [.differentCatalogLines[] | "\(.object), \(.attribute)"] | map(select(is_accepted(.)))),
    differentRelations: [.differentRelations[] | select(is_accepted("relation \(.name)") | not)],
    differentCatalogLines: [.differentCatalogLines[] | select(is_accepted("\(.object), \(.attribute)") | not)]
  }' <<<"$comparison")
DETAILS="\"fingerprint\":$comparison"
print_differences "$comparison" >&2
counts=$(jq --raw-output '"\(.relations) relations, \(.rows) rows, \(.catalogLines) catalog lines"' <<<"$comparison")
different=$(print_differences "$comparison" | wc -l)
if [ "$different" -gt 0 ]; then
  fail different "Of $counts, $different differ: $(print_differences "$comparison" | sed -n 1,5p | sed 's/^DIFFERS //')" \
    "Every difference stands in the report. Find what made it; the target may not be switched to. One that nothing can mend is accepted by its exact name: --accept 'relation public.x'."
fi
accepted=$(jq --raw-output '.acceptedDifferences | join("; ")' <<<"$comparison")
[ -z "$accepted" ] || say "Different, and accepted: $accepted."
say "$counts compared: none differs, but $(jq '.differentCatalogLines | length' <<<"$comparison") lines that are explained."
succeed "$(jq --compact-output '{relations, rows, catalogLines, expectedDifferences: (.differentCatalogLines | length)}' <<<"$comparison" | sed 's/^{//; s/}$//')"
