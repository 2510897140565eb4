#!/bin/bash
# What the runbook needs of the target's role, asked of IAM: what only writes, no check may try.
set -Eeuo pipefail

simulate target-role "$TARGET_NEEDS" "$TARGET_ROLE"
denied=$(told target-role '.decision != "allowed"')
[ -z "$denied" ] || refuse "The target's role $TARGET_ROLE may not do what the runbook does: $denied."
left_out=''
if [ -z "$(relay_key)" ]; then left_out=' The relay key could not be asked about: no object of the run names it.'; fi
pass "The target's role $TARGET_ROLE may do all $(wc -l <"$ANSWERS/target-role") actions that were simulated.$left_out"
