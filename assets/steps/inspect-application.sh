#!/bin/bash
# Reads the application's secret, and its DNS record where one is to be changed; refuses what the switch could not change.
# Changes nothing: no version is made.
set -Eeuo pipefail

read_secret
check_secret
refuse_unless_source
refuse_undeclared_keys
read_labels
refuse_rotation
members="\"truth\":\"source\",\"version\":$(json_string "$(secret_version)"),\"secretPlace\":$(json_string "$(secret_place)")"
if [ "$HAS_RECORD" = yes ]; then
  read_record
  check_record
  members+=",\"dnsRecord\":$(jq --compact-output . "$RECORD")"
fi
succeed "$members"
