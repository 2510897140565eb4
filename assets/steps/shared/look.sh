#!/bin/bash
# Looks at all that a write moves. The first look of a run is kept, with the horizon of transaction ids: whatever differs
# later was written since.
set -Eeuo pipefail

readonly LOOKED_AT=$STATE_ROOT/${SSM_CutoverRunId:-$RUN_ID}
readonly FIRST_LOOK=$LOOKED_AT/first-look HORIZON=$LOOKED_AT/first-look.horizon

# look_at_all VARIABLE
look_at_all() {
  into "$1" "$SIDE-unreadable" "The $SIDE could not be looked at" look
}

# keep_first_look LOOK: the horizon goes first, so that the look never stands without it.
keep_first_look() {
  local horizon
  into horizon "$SIDE-unreadable" "The $SIDE could not be looked at" horizon
  printf '%s\n' "$horizon" >"$HORIZON"
  printf '%s\n' "$1" >"$FIRST_LOOK.new"
  mv "$FIRST_LOOK.new" "$FIRST_LOOK"
}

# moved LOOK LOOK: the names of what differs, one a line; "counters" where the server counts anew.
moved() {
  LC_ALL=C comm -3 <(sort <<<"$1") <(sort <<<"$2") | sed 's/^\t//; s/^[^ ]* //' | sort -u
}

# some_of NAMES: the first of them, for a message.
some_of() {
  printf '%s (%s in all)' "$(head -n 10 <<<"$1" | paste -sd ',' | sed 's/,/, /g')" "$(wc -l <<<"$1")"
}
