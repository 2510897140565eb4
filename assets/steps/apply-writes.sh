#!/bin/bash
# Applies the writes that save-writes saved from the target to the source, which is still fenced. In one transaction: rows
# that are there already stay, new ones are inserted, older versions are updated, and a row that violates anything is left
# out, listed, and kept in what was saved. Sequences move up to the target's. Safe to run twice: it counts, and compares.
set -Eeuo pipefail

readonly CUTOVER_RUN_ID=${SSM_CutoverRunId:?}
readonly WRITES=$DUMP/writes
readonly FROM=s3://$RELAY_BUCKET/writes/$RUN_ID
readonly CONFLICTS=s3://$RELAY_BUCKET/writes/$RUN_ID-conflicts/conflicts.jsonl
# These sessions write.
readonly SOURCE_SESSION_OPTIONS="-c default_transaction_read_only=off"

refuse_open_source() {
  local fenced
  fenced=$(source_psql --tuples-only --no-align --file=- < <(cat "$SQL/writes/marker.sql" - <<<"SELECT count(*) FROM fenced;"))
  if [ "$fenced" != 1 ]; then
    fail source-not-fenced "The source's database $DATABASE is not fenced: the application may write there, and rows would be lost between both." \
      "Do not carry the writes: they stay in $FROM. Look which side is the truth before anything else."
  fi
}

fetch_writes() {
  local remedy="Give this host's role s3:GetObject on writes/* of the bucket, and s3:ListBucket for that prefix."
  attempt relay-refused "The saved writes could not be fetched from $FROM" "$remedy" \
    aws s3 cp --recursive --only-show-errors "$FROM" "$WRITES"
  [ -s "$WRITES/manifest.sha256" ] || fail writes-not-saved "There are no saved writes at $FROM." "Run save-writes first."
  attempt writes-damaged "The saved writes came across damaged" "Run again; if it recurs, run save-writes again." verify
  if ! grep -qF "\"cutoverRun\":\"$CUTOVER_RUN_ID\"" "$WRITES/manifest.json"; then
    fail other-writes "The saved writes at $FROM are not those since the cutover run $CUTOVER_RUN_ID." \
      "Give the run that switched to the target as CutoverRunId."
  fi
}

verify() { (cd "$WRITES" && sha256sum --check --strict --quiet manifest.sha256 2>&1 >&2); }

# As pg_dump writes it: the rows stand in the script, so they need not be readable for the server.
apply_script() {
  local place
  cat "$SQL/writes/document.sql" "$WRITES/manifest.json" && printf '\\.\n'
  cat "$SQL/users-code.sql" "$SQL/writes/load.sql"
  for ((place = 0; place < files; place++)); do
    printf 'COPY saved_%d FROM STDIN;\n' "$place"
    cat "$WRITES/$place.copy" && printf '\\.\n'
  done
  cat "$SQL"/writes/{leaves,marker,plan,judge,broken,apply,applied}.sql
}

# What retire-source has shut, and this step lets superusers into again, it shuts behind itself: reopen opens it for good.
tidy_up() {
  if [ -n "$was_shut" ]; then beside_source <"$SQL/fence/shut.sql" || say "The source could not be shut again."; fi
  remove_dump
}

was_shut=''
if ! source_psql --command='SELECT 1' >/dev/null 2>"$ERRORS" && grep -q 'not currently accepting connections' "$ERRORS"; then was_shut=yes; fi
trap tidy_up EXIT
attempt apply-failed "Connections to the source's database $DATABASE could not be allowed again" "Read the message, and run again." \
  beside_source <"$SQL/fence/admit.sql"
refuse_open_source
# Neither host is left without room for what it has to do next.
make_dump_directory
install -d -m 0700 "$WRITES"
fetch_writes
files=$(grep -c '\.copy$' "$WRITES/manifest.sha256" || :) # None where nothing was written.
say "Applying the rows of $files files."
attempt apply-failed "The writes could not be applied to the source; it is as it was" \
  "Read the message, and run again; or roll back without carrying the writes: they stay in $FROM." \
  source_psql --tuples-only --no-align --file=- < <(apply_script) >"$WRITES/applied"
tail -n +2 "$WRITES/applied" >"$WRITES/conflicts.jsonl"
attempt relay-refused "The list of conflicts could not be put at $CONFLICTS" "Give this host's role s3:PutObject on writes/*-conflicts/* of the bucket." \
  aws s3 cp --only-show-errors "$WRITES/conflicts.jsonl" "$CONFLICTS"
members=$(head -n 1 "$WRITES/applied")
succeed "$members,\"conflictsAt\":\"$CONFLICTS\""
