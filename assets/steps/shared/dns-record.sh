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

# check_record: what the switch can change. A CNAME leads to a name, never to an address, and never to itself.
check_record() {
  if [ "$(record_type)" = CNAME ] && [[ $TARGET_APPLICATION_HOST =~ ^[0-9.]+$ || $TARGET_APPLICATION_HOST. == "$RECORD_NAME" ]]; then
    fail dns-target-without-name "$RECORD_NAME is a CNAME, and the target's host is $TARGET_APPLICATION_HOST: a CNAME wants another name." \
      "Name the target in application.targetHost, or make the record an A."
  fi
  target_record >"$RECORD.wanted"
  if same_record "$RECORD" "$RECORD.wanted"; then
    fail dns-not-source "$RECORD_NAME points at the target already: a rollback could not tell what to point it back at." \
      "Point it at the source again, or leave application.dnsRecord out."
  fi
}
