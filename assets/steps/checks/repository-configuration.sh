#!/bin/bash
# pgBackRest reads its whole configuration before it misses the segment's name (043), and so speaks to no repository.
set -Eeuo pipefail

status=0
said=$(as_postgres timeout 5 pgbackrest --stanza="$STANZA" --log-level-console=warn --log-level-file=off archive-push 2>&1) || status=$?
error=$(grep -m 1 -oE 'ERROR: .*' <<<"$said") || error="it ended with $status"
warning=$(grep -v -F '[043]' <<<"$said" | grep -m 1 -oE 'WARN: .*') || warning=''
if [ "$status" != 43 ]; then
  refuse "pgBackRest refuses its configuration: $error."
elif [ -n "$warning" ]; then
  warn "pgBackRest takes its configuration, but says: $warning."
fi
pass "pgBackRest takes its configuration for stanza $STANZA."
