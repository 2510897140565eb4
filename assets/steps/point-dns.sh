#!/bin/bash
# Points the application's DNS record at the target, or makes it again what it was before the cutover. What it was is saved
# on this host and in the relay bucket before anything changes.
set -Eeuo pipefail

readonly CUTOVER_RUN_ID=${SSM_CutoverRunId:-$RUN_ID}
readonly SAVED=$STATE_ROOT/$CUTOVER_RUN_ID/dns-record.json
readonly RELAY_PREFIX=runs/$CUTOVER_RUN_ID/target/dns-record.json
readonly WANTED=$STATE/dns-record.wanted
readonly SYNC_SECONDS=120

route53() {
  timeout --foreground --kill-after=5 40 aws route53 "$@"
}

# The first look of the run counts: a second one may see the change.
save_record() {
  if [ ! -s "$SAVED" ]; then
    cp "$RECORD" "$SAVED.new"
    mv "$SAVED.new" "$SAVED"
  fi
  attempt relay-refused "The record as it was could not be put in the relay bucket $RELAY_BUCKET" "Give this host's role s3:PutObject on runs/*/target/* of the bucket; the record is unchanged." \
    aws s3 cp --only-show-errors "$SAVED" "s3://$RELAY_BUCKET/$RELAY_PREFIX" >&2
}

list_saved() {
  aws s3api list-objects-v2 --bucket "$RELAY_BUCKET" --prefix "$RELAY_PREFIX" --no-paginate --query KeyCount --output text >"$WANTED.count"
}

# The record as the cutover saved it. One that the cutover never came to change stays as it is.
find_saved() {
  if [ -s "$SAVED" ]; then
    cp "$SAVED" "$WANTED"
    return
  fi
  attempt relay-refused "The relay bucket $RELAY_BUCKET cannot be listed" "Give this host's role s3:ListBucket on it for runs/*." list_saved
  if [ "$(cat "$WANTED.count")" != 0 ]; then
    attempt relay-refused "The record as it was cannot be fetched from the relay bucket $RELAY_BUCKET" "Give this host's role s3:GetObject on runs/* of the bucket." \
      aws s3 cp --only-show-errors "s3://$RELAY_BUCKET/$RELAY_PREFIX" "$WANTED" >&2
  elif target_record >"$WANTED.target" && same_record "$RECORD" "$WANTED.target"; then
    fail dns-record-not-saved "$RECORD_NAME points at the target, and what it was before the cutover $CUTOVER_RUN_ID is neither on this host nor in the relay bucket." \
      "Point it at the source by hand."
  else
    cp "$RECORD" "$WANTED"
  fi
}

change_record() {
  jq '{Changes: [{Action: "UPSERT", ResourceRecordSet: .}]}' "$WANTED" >"$WANTED.batch"
  route53 change-resource-record-sets --hosted-zone-id "$HOSTED_ZONE" --change-batch "file://$WANTED.batch" \
    --query ChangeInfo.Id --output text >"$WANTED.change"
}

change_status() {
  route53 get-change --id "$(cat "$WANTED.change")" --query ChangeInfo.Status --output text >"$WANTED.status"
}

# Until every name server of Route 53 gives the new answer; the resolvers of the clients may keep the old one for its TTL.
await_sync() {
  local deadline=$((SECONDS + SYNC_SECONDS))
  while :; do
    attempt dns-unreadable "Whether Route 53 has taken the change of $RECORD_NAME over could not be asked" "$DNS_REMEDY" change_status
    [ "$(cat "$WANTED.status")" != INSYNC ] || return 0
    [ "$SECONDS" -lt "$deadline" ] || break
    sleep 3
  done
  fail dns-not-in-sync "Route 53 has not taken the change of $RECORD_NAME over after $SYNC_SECONDS s." \
    "Look at the change $(cat "$WANTED.change") (aws route53 get-change); it goes on by itself."
}

read_record
changed=false
if [ "$DIRECTION" = target ]; then
  target_record >"$WANTED"
  same_record "$RECORD" "$WANTED" || save_record
else
  find_saved
fi
if ! same_record "$RECORD" "$WANTED"; then
  attempt dns-not-changed "The record $RECORD_NAME could not be changed" "$DNS_REMEDY" change_record
  await_sync
  changed=true
fi
succeed "\"changed\":$changed,\"before\":$(jq --compact-output . "$RECORD"),\"now\":$(jq --compact-output . "$WANTED")"
