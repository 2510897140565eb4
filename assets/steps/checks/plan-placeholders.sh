#!/bin/bash
# No value of the environment is still the example's.
set -Eeuo pipefail

[ -n "$PLACEHOLDERS" ] || pass "No value of the environment is a placeholder."
count=$(wc -l <<<"$PLACEHOLDERS")
named=$(head -n 5 <<<"$PLACEHOLDERS" | paste -sd ';' | sed 's/;/; /g')
if [ "$count" -gt 5 ]; then named+=" and $((count - 5)) more"; fi
warn "Values of the environment look like the example's placeholders: $named."
