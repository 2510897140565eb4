#!/bin/bash
# Asks whether a side is the truth after a switch, however that went: the database that the secret's current version names.
# Fails where the secret names the other side, and where that cannot be told. Changes nothing.
set -Eeuo pipefail

readonly TRUTH=${SSM_Truth-}
readonly PATIENCE_SECONDS=60
readonly STRAY_SECONDS=5

# look: reads the secret, again and again while it cannot be read, and prints the side that it names.
look() {
  local deadline=$((SECONDS + PATIENCE_SECONDS))
  until fetch_secret --version-stage "$CURRENT_LABEL" 2>"$ERRORS"; do
    cat "$ERRORS" >&2
    if [ "$SECONDS" -ge "$deadline" ]; then
      fail truth-unknown "The secret $APPLICATION_SECRET could not be read for $PATIENCE_SECONDS s, and only it tells which database is the truth: $(first_error)." \
        "$SECRET_REMEDY Both databases stay as they are; 'cutover status' looks at the secret itself."
    fi
    sleep 2
  done
  keep_secret current || fail truth-unknown "The secret $APPLICATION_SECRET is no JSON object: it names no database." \
    "Restore the version before it; both databases stay as they are."
  secret_truth
}

hold_secret truth-unknown
truth=$(look)
# A request that a killed switch had sent may still arrive: what is not as it wished is looked at twice.
if [ -s "$STATE/wanted-truth" ] && [ "$truth" != "$(cat "$STATE/wanted-truth")" ] && [ ! -e "$STATE/stray-awaited" ]; then
  sleep "$STRAY_SECONDS"
  truth=$(look)
  touch "$STATE/stray-awaited"
fi
if [ "$truth" = unknown ]; then
  fail truth-unknown "The secret $APPLICATION_SECRET points at $(secret_place): neither the source ($SOURCE_APPLICATION_PLACE) nor the target ($TARGET_APPLICATION_PLACE)." \
    "Find out who changed it, and let it name one of the two; both databases stay as they are."
fi
if [ "$truth" != "$TRUTH" ]; then
  fail not-the-truth "The secret $APPLICATION_SECRET names the $truth: the $TRUTH is not the truth." "The run goes on to the way for that."
fi
succeed "\"truth\":\"$truth\",\"version\":$(json_string "$(secret_version)")"
