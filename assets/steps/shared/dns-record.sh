#!/bin/bash
# The application's record in Route 53, of type A or CNAME.
set -Eeuo pipefail

readonly DNS_REMEDY="Give this host's role route53:ListResourceRecordSets and ChangeResourceRecordSets on the hosted zone $HOSTED_ZONE, and GetChange."
readonly RECORD=$STATE/dns-record.current

list_record() {
  timeout --foreground --kill-after=5 40 aws route53 list-resource-record-sets --hosted-zone-id "$HOSTED_ZONE" \
    --start-record-name "$RECORD_NAME" --max-items 20 --output json >"$RECORD.answer"
}

# read_record: into $RECORD; refuses a record that one value could not replace.
read_record() {
  local found
  attempt dns-unreadable "The hosted zone $HOSTED_ZONE (application.dnsRecord) cannot be read" "$DNS_REMEDY" list_record
  jq --arg name "$RECORD_NAME" '.ResourceRecordSets[] | select(.Name == $name and (.Type | IN("A", "AAAA", "CNAME")))' "$RECORD.answer" >"$RECORD"
  found=$(jq --raw-output --slurp 'map(.Type + (if .SetIdentifier then " (routed)" else "" end)) | join(", ")' "$RECORD")
  case $found in
    A | CNAME) ;;
    *)
      fail dns-record-unfit "The hosted zone $HOSTED_ZONE has for $RECORD_NAME: ${found:-nothing}. One record of type A or CNAME is what the switch can change, and no AAAA beside it." \
        "Correct application.dnsRecord, or leave it out and point the name by hand."
      ;;
  esac
}

# The record as it points at the target: an address for an A, a name for a CNAME.
target_record() {
  jq --arg address "$TARGET_ADDRESS" --arg host "$TARGET_APPLICATION_HOST" --argjson ttl "$RECORD_TTL" \
    '{Name, Type, TTL: $ttl, ResourceRecords: [{Value: (if .Type == "A" then $address else $host end)}]}' "$RECORD"
}

record_type() {
  jq --raw-output .Type "$RECORD"
}

# same_record FILE FILE
same_record() {
  jq --exit-status --slurp '.[0] == .[1]' "$1" "$2" >/dev/null
}
