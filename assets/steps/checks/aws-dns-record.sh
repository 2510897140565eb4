#!/bin/bash
# The application's DNS record is one that the switch can change, leads to the source, and is not kept long by resolvers.
set -Eeuo pipefail

# addresses_of NAME_OR_ADDRESS
addresses_of() {
  getent ahostsv4 "$1" | awk '{ print $1 }' | sort -u | paste -sd ' ' || :
}

as_in_the_switch
read_record
check_record
value=$(jq --raw-output '.ResourceRecords[0].Value // .AliasTarget.DNSName // ""' "$RECORD")
ttl=$(jq --raw-output '.TTL // 0' "$RECORD")
leads_to=$(addresses_of "${value%.}")
source_at=$(addresses_of "$SOURCE_APPLICATION_HOST")
finding="$RECORD_NAME is $(record_type) $value with a TTL of $ttl s"
if [ "${value%.}" != "$SOURCE_APPLICATION_HOST" ] && { [ -z "$leads_to" ] || [ "$leads_to" != "$source_at" ]; }; then
  warn "$finding; application.sourceHost is $SOURCE_APPLICATION_HOST (${source_at:-it does not resolve here})." \
    "See that the record leads to the source now, or correct application.dnsRecord."
fi
if [ "$ttl" -gt "$RECORD_TTL" ]; then
  warn "$finding: resolvers may lead the application to the source for so long after the switch; application.dnsRecord.ttlSeconds is $RECORD_TTL." \
    "Set the record's TTL to $RECORD_TTL, at least $ttl s before the window."
fi
pass "$finding, and leads to the source."
