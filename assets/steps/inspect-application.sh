#!/bin/bash
# Reads the application's secret, and its DNS record where one is to be changed; refuses what the switch could not change.
# Changes nothing: no version is made.
set -Eeuo pipefail

# A CNAME leads to a name, never to an address, and never to itself.
check_record() {
  read_record
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

read_secret
check_secret
refuse_unless_source
members="\"truth\":\"source\",\"version\":$(json_string "$(secret_version)"),\"secretPlace\":$(json_string "$(secret_place)")"
if [ "$HAS_RECORD" = yes ]; then
  check_record
  members+=",\"dnsRecord\":$(jq --compact-output . "$RECORD")"
fi
succeed "$members"
