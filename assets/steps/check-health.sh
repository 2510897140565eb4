#!/bin/bash
# Waits until every health URL of the application answers 2xx, and names those that do not.
set -Eeuo pipefail

# answer URL: the status, or what kept it from coming.
answer() {
  local status
  if status=$(curl --silent --show-error --proto =https --max-time 10 --output /dev/null --write-out '%{http_code}' "$1" 2>"$ERRORS"); then
    printf '%s' "$status"
  else
    first_error | sed 's/^curl: //'
  fi
}

mapfile -t waiting <<<"$HEALTH_URLS"
all=${#waiting[@]}
deadline=$((SECONDS + HEALTH_SECONDS))
while :; do
  unwell=() complaints=''
  for url in "${waiting[@]}"; do
    answered=$(answer "$url")
    case $answered in
      2[0-9][0-9]) say "$url answers $answered." ;;
      *)
        unwell+=("$url")
        complaints+="${complaints:+; }$url: $answered"
        ;;
    esac
  done
  waiting=("${unwell[@]}")
  [ "${#waiting[@]}" -gt 0 ] || break
  if [ "$SECONDS" -ge "$deadline" ]; then
    fail unhealthy "After $HEALTH_SECONDS s the application is not well: $complaints." \
      "Look at the application; cutover rollback goes back to the source."
  fi
  sleep 2
done
succeed "\"healthUrls\":$all"
