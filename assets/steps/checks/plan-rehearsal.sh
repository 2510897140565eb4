#!/bin/bash
# A rehearsal of this source on this target succeeded lately.
set -Eeuo pipefail

flaw=$(rehearsal_flaw)
[ -z "$flaw" ] || refuse "$flaw"
pass "Rehearsal $(rehearsal_field .run) succeeded $(rehearsal_hours) hours ago, in $(rehearsal_field .seconds) s for $(mebibytes "$(rehearsal_field .databaseBytes)")."
