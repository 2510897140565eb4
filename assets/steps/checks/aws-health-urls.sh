#!/bin/bash
# The health URLs answer now, from the target: after the switch the runbook waits for them.
set -Eeuo pipefail

unwell='' count=0
for url in $HEALTH_URLS; do
  count=$((count + 1))
  if status=$(curl --silent --show-error --proto =https --connect-timeout 4 --max-time 8 --output /dev/null --write-out '%{http_code}' "$url" 2>"$ERRORS"); then
    [[ $status == 2[0-9][0-9] ]] || unwell+="${unwell:+; }$url answers $status"
  else
    unwell+="${unwell:+; }$url: $(first_error | sed 's/^curl: //')"
  fi
done
[ -z "$unwell" ] || warn "Of the application's health URLs, asked from the target: $unwell."
pass "All health URLs answer 2xx from the target: $count."
