#!/bin/bash
# The lines of the plan's signoff checklist that no check can prove.
set -Eeuo pipefail

warn "Left to people, of the plan's signoff checklist: $(paste -sd ';' <<<"$CHECKLIST" | sed 's/;/; /g')."
