#!/bin/bash
# What the relay's bucket and key let the source's role do, nothing of the role's own may forbid: an explicit denial, its
# boundary, or a policy of the organization. That the role's policies do not allow it themselves is as it should be.
set -Eeuo pipefail

simulate source-role "$SOURCE_NEEDS" "$SOURCE_ROLE"
forbidden=$(told source-role '.decision == "explicitDeny" or (.withinBoundary | not) or (.withinOrganization | not)')
[ -z "$forbidden" ] || refuse "The source's role ${SOURCE_ROLE##*/} is forbidden what the runbook does: $forbidden."
pass "Nothing forbids the source's role ${SOURCE_ROLE##*/} the $(wc -l <"$ANSWERS/source-role") actions that were simulated."
