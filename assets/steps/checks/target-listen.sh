#!/bin/bash
# The server listens where the application will look for it.
set -Eeuo pipefail

answer=$(pg_isready --host="$TARGET_ADDRESS" --port="$TARGET_PORT" --timeout=5) || {
  listens=$(ss --listening --tcp --numeric --no-header "sport = :$TARGET_PORT" | awk '{ print $4 }' | paste -sd ' ')
  refuse "Nothing takes connections at $TARGET_ADDRESS:$TARGET_PORT (${answer##* - }); on that port the target listens at: ${listens:-no address}."
}
pass "The target takes connections at $TARGET_ADDRESS:$TARGET_PORT."
