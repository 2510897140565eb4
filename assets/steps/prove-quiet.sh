#!/bin/bash
# Proves that nothing writes: nobody is in the database, and two looks at all that a write moves are equal. The first look
# of a run is kept, and every later call compares with it too: what it proves, it proves since the fence.
set -Eeuo pipefail

refuse_another_primary() {
  local fenced by_hand
  fenced=$(cat "$STATE/primary" 2>/dev/null || echo "a server that this host knows nothing of")
  by_hand=$(standing byHand)
  if [ "$(standing primary)" != "$fenced" ]; then
    fail primary-moved "The primary has moved: fenced was $fenced, and this server is ${1:-$(standing primary)}. The run stops; the fence went along in the catalog and holds." \
      "Reopen at the new primary: name it (source.instanceId or source.host), deploy, cutover reopen. By hand there: $by_hand"
  fi
}

refuse_open() {
  if [ "$(standing run)" != "$RUN_ID" ] || [ "$(standing phase)" != fenced ] || [ "$(standing connectionLimit)" != 0 ]; then
    fail not-fenced "The $SIDE is not fenced by run $RUN_ID any more (connection limit $(standing connectionLimit), marker of run $(standing run | grep . || echo none))." \
      "Somebody opened it in between. Start a new run."
  fi
}

# Sessions that were just told to end take a moment.
refuse_others() {
  local others='' try
  for ((try = 0; try < 20; try++)); do
    into others "$SIDE-unreadable" "The sessions on the $SIDE could not be looked at" "sessions others"
    [ -n "$others" ] || return 0
    sleep 0.5
  done
  fail not-quiet "Somebody is in $DATABASE on the $SIDE: $(paste -sd ';' <<<"$others")." "Close these sessions, and run again."
}

# compare LOOK LOOK SINCE: no line may differ.
compare() {
  local names
  names=$(moved "$1" "$2")
  [ -n "$names" ] || return 0
  if grep -qx counters <<<"$names"; then
    fail statistics-reset "The $SIDE counts its writes anew $3: the server crashed, or somebody reset its statistics. That it was quiet cannot be proved." "Start a new run."
  fi
  fail not-quiet "Something wrote on the $SIDE $3: $(some_of "$names")." \
    "Find who does it: only a superuser gets in, or a program of the server itself. Then start a new run."
}

# A user's relation stands with its schema: the search_path is empty.
without_catalog() {
  grep -v ' pg_[^.]*$' <<<"$1"
}

read_standing
if [ "$(standing recovery)" = true ]; then refuse_another_primary "a standby"; fi
refuse_open
refuse_another_primary
# A restart of the server starts them again, though the jobs stay off the schedule.
stop_workers
refuse_others
first='' second=''
look_at_all first
sleep "$LOOK_SECONDS"
refuse_others
look_at_all second
compare "$first" "$second" "between two looks $LOOK_SECONDS s apart"
if [ -e "$FIRST_LOOK" ]; then
  # On the target this tool has made temporary tables since, to save what was written: that moves the server's own catalog.
  if [ "$SIDE" = target ]; then
    compare "$(without_catalog "$(cat "$FIRST_LOOK")")" "$(without_catalog "$second")" "since it was first proved quiet"
  else
    compare "$(cat "$FIRST_LOOK")" "$second" "since it was first proved quiet"
  fi
else
  keep_first_look "$second"
fi
read_standing
refuse_open
refuse_another_primary
succeed "\"relations\":$(($(wc -l <<<"$second") - 1))"
