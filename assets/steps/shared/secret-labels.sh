#!/bin/bash
# The labels of the secret's versions. AWSCURRENT moves in one step, and only off the version that it was seen on.
set -Eeuo pipefail

readonly LABELS_REMEDY="Give this host's role secretsmanager:DescribeSecret, PutSecretValue and UpdateSecretVersionStage on the secret."

describe_secret() {
  secrets_manager describe-secret --secret-id "$APPLICATION_SECRET" --output json >"$SECRET_FOLDER/description" &&
    jq '.VersionIdsToStages // {}' "$SECRET_FOLDER/description" >"$SECRET_FOLDER/labels"
}

read_labels() {
  attempt secret-unreadable "The versions of the secret $APPLICATION_SECRET cannot be read" "$LABELS_REMEDY" describe_secret
}

# version_with LABEL: the id of the version that has it; nothing where none has.
version_with() {
  jq --raw-output --arg label "$1" 'first(to_entries[] | select(.value | index($label)) | .key)' "$SECRET_FOLDER/labels"
}

# A password that is rotated in the window is one that neither database has: the application would be locked out of both.
# read_labels comes first.
refuse_rotation() {
  local pending
  if jq --exit-status '.RotationEnabled == true' "$SECRET_FOLDER/description" >/dev/null; then
    fail secret-rotates "Secrets Manager rotates the secret $APPLICATION_SECRET: a password that changes in the window, or before a rollback, locks the application out of both databases." \
      "Turn the rotation off (aws secretsmanager cancel-rotate-secret --secret-id ...), and on again after the signoff."
  fi
  pending=$(version_with AWSPENDING)
  if [ -n "$pending" ] && [ "$pending" != "$(version_with "$CURRENT_LABEL")" ]; then
    fail secret-rotates "A rotation of the secret $APPLICATION_SECRET has begun: its version $pending has the label AWSPENDING." \
      "Let it end, or take the label away (aws secretsmanager update-secret-version-stage), then start a new run."
  fi
}

has_version() {
  jq --exit-status --arg id "$1" 'has($id)' "$SECRET_FOLDER/labels" >/dev/null
}

# move_label LABEL OPTION...
move_label() {
  secrets_manager update-secret-version-stage --secret-id "$APPLICATION_SECRET" --version-stage "$1" "${@:2}" >/dev/null
}

# move_current TO FROM: compares and swaps. An answer that was lost on its way is told by a look.
move_current() {
  local refusal holder
  if move_label "$CURRENT_LABEL" --move-to-version-id "$1" --remove-from-version-id "$2" 2>"$ERRORS"; then return; fi
  cat "$ERRORS" >&2
  refusal=$(first_error)
  read_labels
  holder=$(version_with "$CURRENT_LABEL")
  case $holder in
    "$1") say "The label has moved, whatever the answer was: $refusal" ;;
    "$2")
      fail secret-not-moved "The secret $APPLICATION_SECRET could not be switched: $refusal." "$LABELS_REMEDY Nothing has changed."
      ;;
    *)
      fail secret-changed "The secret $APPLICATION_SECRET was changed by somebody else in this moment: $CURRENT_LABEL was at version $2 and is at $holder." \
        "Find out who rotates it, let them wait, and start a new run."
      ;;
  esac
}

# expect_labels CURRENT PREVIOUS: what AWS promises of a move, seen; a reader may lag for a moment.
expect_labels() {
  local attempt_
  for attempt_ in 1 2 3 4 5; do
    read_labels
    if [ "$(version_with "$CURRENT_LABEL")" = "$1" ] && [ "$(version_with "$PREVIOUS_LABEL")" = "$2" ]; then return; fi
    sleep "$attempt_"
  done
  fail secret-not-verified "After the switch the secret $APPLICATION_SECRET has $CURRENT_LABEL at version '$(version_with "$CURRENT_LABEL")' and $PREVIOUS_LABEL at '$(version_with "$PREVIOUS_LABEL")'; $1 and $2 are expected." \
    "Look at the secret's versions; what is current is what the application reads."
}
