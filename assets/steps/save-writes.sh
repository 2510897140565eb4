#!/bin/bash
# Saves in the relay what was written on the target since the baseline of the cutover: a file with the new rows of each
# table, where the sequences stand, and a manifest. "rows" of a table is what was written and is still there. It is exact
# where rows stand as they were written; in a chunk that was compressed since, or in a table that an ALTER TABLE rewrote,
# all rows are saved (the source's comparison finds those that it has), and "rows" is exact ("exact") when nothing but
# insertions happened there, else as near as the counters tell. A crash of the server loses the counters: then every table
# is read, and of a compressed chunk updates are saved but not counted. Deletions are counted, and not saved; so is the row
# from before an update of a table without a key. A key that was updated is a new row: the source keeps the old one too.
set -Eeuo pipefail

readonly CUTOVER_RUN_ID=${SSM_CutoverRunId:?}
readonly BASELINE=$KEPT/baseline.json
readonly WRITES=$DUMP/writes
# Apart from runs/, which expires: this may be the only copy.
readonly TO=s3://$RELAY_BUCKET/writes/$RUN_ID

# A host that was made anew has no file of the cutover's.
find_baseline() {
  root_directory 0711 root "$KEPT"
  if [ ! -s "$BASELINE" ]; then
    attempt no-baseline "There is no baseline of the cutover run $CUTOVER_RUN_ID" \
      "Give the run that switched to this target as CutoverRunId." \
      aws s3 cp --only-show-errors "s3://$RELAY_BUCKET/runs/$CUTOVER_RUN_ID/$SIDE/baseline.json" "$BASELINE"
  fi
  refuse_damaged "$BASELINE"
  local run
  run=$(jq --raw-output .run "$BASELINE")
  if [ "$run" != "$CUTOVER_RUN_ID" ]; then
    fail other-baseline "The target's baseline is of the run $run, not of $CUTOVER_RUN_ID." \
      "Give the run that switched to this target as CutoverRunId."
  fi
}

# The counters are whole, and nothing is written any more, only when the fence has ended all sessions.
refuse_open_target() {
  local open
  open=$(target_psql "$DATABASE" --tuples-only --no-align --file=- <"$SQL/writes/open.sql")
  if [ -n "$open" ]; then
    fail target-not-fenced "The target may still be written to: $open." "Run fence-target first."
  fi
}

find_writes() {
  cat "$SQL/writes/document.sql" "$BASELINE" && printf '\\.\n' && cat "$SQL/users-code.sql" "$SQL/writes/leaves.sql" "$SQL/writes/find.sql" "$SQL/writes/manifest.sql"
}

# save_rows PLACE: the rows of the manifest's entry, one a line.
save_rows() {
  local entry lines
  entry=$(jq --compact-output --argjson place "$1" '.relations[$place]' "$WRITES/found.json")
  say "Saving $(jq --raw-output '"\(.rowsInFile // "all") rows of \(.name)"' <<<"$entry")."
  attempt rows-unreadable "The rows of $(jq --raw-output .name <<<"$entry") could not be saved" "Read the message; the target is as it was." \
    target_psql "$DATABASE" --file=- < <(jq --raw-output .statement <<<"$entry") >"$WRITES/$1.copy"
  lines=$(wc -l <"$WRITES/$1.copy")
  if [ "$lines" != "$(jq --argjson lines "$lines" '.rowsInFile // $lines' <<<"$entry")" ]; then
    fail target-changed "Of $(jq --raw-output .name <<<"$entry") $lines rows were saved, where $(jq .rowsInFile <<<"$entry") had been found." \
      "Find out who writes on the fenced target, then run again."
  fi
  files+=("$1.copy")
  printf '%d\n' "$lines" >>"$WRITES/counts"
  sha256sum <"$WRITES/$1.copy" | cut -c 1-64 >>"$WRITES/sums"
}

find_baseline
refuse_open_target
make_dump_directory
# Neither host is left without room for what it has to do next.
trap 'remove_dump' EXIT
install -d -m 0700 "$WRITES"
attempt writes-unreadable "What was written on the target could not be found" "Read the message; the target is as it was." \
  target_psql "$DATABASE" --tuples-only --no-align --file=- < <(find_writes) >"$WRITES/found.json"
count=$(jq '.relations | length' "$WRITES/found.json")
files=()
: >"$WRITES/sums"
: >"$WRITES/counts"
for ((place = 0; place < count; place++)); do save_rows "$place"; done
jq --compact-output --arg run "$RUN_ID" --rawfile sums "$WRITES/sums" --slurpfile counts "$WRITES/counts" '
  ($sums | split("\n")) as $sums | .run = $run
  | .relations |= [to_entries[] | .value + {file: "\(.key).copy", sha256: $sums[.key], rowsInFile: $counts[.key]} | del(.statement)]' \
  "$WRITES/found.json" >"$WRITES/manifest.json"
rm "$WRITES/found.json" "$WRITES/sums" "$WRITES/counts"
(cd "$WRITES" && sha256sum manifest.json "${files[@]}" >manifest.sha256)
attempt relay-refused "The writes could not be put at $TO" "Give this host's role s3:PutObject on runs/*/$SIDE/* of the bucket." \
  aws s3 cp --recursive --only-show-errors "$WRITES" "$TO"
mark_target "$RUN_ID" "$(target_oid)" saved
result=$(jq --compact-output --arg location "$TO/" '{
  writesSaved: (.relations | map(.rows) | add // 0),
  relations: (.relations | group_by(.name) | map({name: .[0].name, rows: (map(.rows) | add), exact: all(.exact)})),
  deletesNotSaved: (.deletesNotSaved | map(.rows) | add // 0), deletes: .deletesNotSaved, location: $location}' "$WRITES/manifest.json")
DETAILS=$(jq --raw-output --compact-output '{relations, deletes} | tojson[1:-1]' <<<"$result")
succeed "$(jq --raw-output 'del(.relations, .deletes) | tojson[1:-1]' <<<"$result")"
