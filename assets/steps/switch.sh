#!/bin/bash
# The point of no return and the way back: the application's secret points at the other database from one moment to the
# next. To the target: a new version, its keys as they were but for host and port, becomes current in one step. Back: the
# version that was replaced becomes current again.
set -Eeuo pipefail

readonly CUTOVER_RUN_ID=${SSM_CutoverRunId:-$RUN_ID}
readonly OURS=timescale-cutover-$CUTOVER_RUN_ID
readonly PENDING_LABEL=timescale-cutover-pending
# What a killed step leaves for the next one: the version that it replaces, and when it had moved the label.
readonly REPLACED=$STATE/$STEP.replaced MOVED_AT=$STATE/$STEP.moved-at

# The new version, under a label that nobody reads. One that is there already must be made of what is current now.
put_pending() {
  switched_secret >"$SECRET_FOLDER/next.json"
  if ! has_version "$OURS"; then
    attempt secret-not-written "The new version of the secret $APPLICATION_SECRET could not be put" "$LABELS_REMEDY Nothing has changed." \
      secrets_manager put-secret-value --secret-id "$APPLICATION_SECRET" --client-request-token "$OURS" \
      --version-stages "$PENDING_LABEL" --secret-string "file://$SECRET_FOLDER/next.json" >/dev/null
    return
  fi
  read_version pending --version-id "$OURS"
  jq --exit-status --slurp '.[0] == .[1]' "$SECRET_FOLDER/next.json" "$SECRET_FOLDER/pending.json" >/dev/null || fail secret-changed \
    "The secret $APPLICATION_SECRET was changed by somebody else after this run had prepared its version $OURS." \
    "Find out who rotates it, let them wait, and start a new run."
}

# move TO FROM
move() {
  printf '%s' "$2" >"$REPLACED"
  # The wish goes first: settle looks twice where it does not see it fulfilled.
  printf '%s' "$DIRECTION" >"$STATE/wanted-truth"
  if [ "$DIRECTION" = target ]; then mark_switched; fi
  move_current "$1" "$2"
  date -u +%FT%T.%3NZ >"$MOVED_AT"
}

# Before the application can write there: from here on nothing replaces the target's database without a word.
mark_switched() {
  read_target_marker
  if [ -n "$MARKED_OID" ]; then mark_target "$MARKED_RUN" "$MARKED_OID" switched; fi
}

switch_to_target() {
  if [ "$(secret_version)" != "$OURS" ]; then
    refuse_unless_source
    refuse_undeclared_keys
    refuse_rotation
    put_pending
    move "$OURS" "$(secret_version)"
  fi
  conclude "$OURS" "$(replaced)"
}

switch_back() {
  local previous
  previous=$(version_with "$PREVIOUS_LABEL")
  if [ "$(secret_version)" = "$OURS" ]; then
    [ -n "$previous" ] || fail secret-without-previous "The secret $APPLICATION_SECRET has no version with the label $PREVIOUS_LABEL to go back to." \
      "Store the source's connection in it by hand ($SOURCE_APPLICATION_PLACE), and then: cutover reopen."
    read_version previous --version-id "$previous"
    [ "$(truth_of previous)" = source ] || fail secret-previous-not-source "The secret's version before the cutover ($previous) points at $(place_of previous); the source is $SOURCE_APPLICATION_PLACE." \
      "Store the source's connection in the secret by hand, and then: cutover reopen."
    move "$previous" "$OURS"
  elif [ "$previous" = "$OURS" ] && [ "$(secret_truth)" = source ]; then
    previous=$(secret_version)
  else
    fail secret-changed "The secret $APPLICATION_SECRET is not as the cutover $CUTOVER_RUN_ID left it: version $(secret_version) is current and points at $(secret_place)." \
      "Name the run that switched; or, where the secret was rotated since, store the source's connection in it by hand, and then: cutover reopen."
  fi
  conclude "$previous" "$OURS"
}

# The version that ours replaced: as noted before the move or, where that is lost, by its label.
replaced() {
  if [ -s "$REPLACED" ]; then cat "$REPLACED"; else version_with "$PREVIOUS_LABEL"; fi
}

# conclude CURRENT PREVIOUS: seen, not assumed.
conclude() {
  expect_labels "$1" "$2"
  read_secret
  [ "$(secret_truth)" = "$DIRECTION" ] || fail secret-not-verified "After the switch the secret $APPLICATION_SECRET points at $(secret_place)." \
    "Look at the secret's versions; what is current is what the application reads."
  [ -s "$MOVED_AT" ] || date -u +%FT%T.%3NZ >"$MOVED_AT"
  if [ "$(version_with "$PENDING_LABEL")" = "$OURS" ]; then
    # Nobody reads that label: left behind it changes nothing.
    move_label "$PENDING_LABEL" --remove-from-version-id "$OURS" || say "The label $PENDING_LABEL stays at version $OURS."
  fi
  succeed "\"truth\":\"$DIRECTION\",\"switchedAt\":\"$(cat "$MOVED_AT")\",\"version\":$(json_string "$1"),\"previousVersion\":$(json_string "$2")"
}

hold_secret secret-busy
read_secret
check_secret
read_labels
if [ "$DIRECTION" = target ]; then switch_to_target; else switch_back; fi
