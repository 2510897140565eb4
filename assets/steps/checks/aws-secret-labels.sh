#!/bin/bash
# Secrets Manager lets a secret have 20 staging labels; the switch puts one more for a moment.
set -Eeuo pipefail

readonly MOST=20 MANY=17
need labels secretsmanager describe-secret --secret-id "$APPLICATION_SECRET"
count=$(answer_of labels '[.VersionIdsToStages[]?[]] | length')
foreign=$(answer_of labels '[.VersionIdsToStages[]?[] | select(IN("AWSCURRENT", "AWSPREVIOUS", "AWSPENDING") | not)] | .[:5] | join(", ")')
finding="The secret $APPLICATION_SECRET has $count staging labels, and $MOST is the most${foreign:+: $foreign}."
if [ "$count" -ge "$MOST" ]; then refuse "$finding"; fi
if [ "$count" -ge "$MANY" ]; then warn "$finding"; fi
pass "The secret $APPLICATION_SECRET has $count of at most $MOST staging labels."
