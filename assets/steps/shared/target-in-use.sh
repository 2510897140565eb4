#!/bin/bash
# Whether a database of the target may be closed or replaced. It may hold rows that are nowhere else, so whenever it is
# there the application's secret is asked who is the truth: unless that is the source, nothing allows it.
set -Eeuo pipefail

refuse_target_in_use() {
  local truth
  read_secret
  truth=$(secret_truth)
  [ "$truth" != source ] || return 0
  fail target-in-use "The target has a database $DATABASE, and the secret $APPLICATION_SECRET points at $(secret_place), not at the source ($SOURCE_APPLICATION_PLACE): the truth is $truth. The database may be in use, and hold rows that are nowhere else. Nothing was changed." \
    "To move once more, go back first: cutover rollback. Where the secret names neither, correct it or application.sourceHost."
}

# writes_were_carried RUN: whether that rollback took to the source every row that it had saved. What cannot be read was not.
writes_were_carried() {
  aws s3 cp --only-show-errors "s3://$RELAY_BUCKET/runs/$1/source/results/apply-writes.json" - 2>"$ERRORS" |
    jq --exit-status '.status == "succeeded" and .conflictRows == 0' >/dev/null 2>&1
}

# refuse_unless_replaceable OID: of the database that is there. A run's own goes without a word; every other is named.
refuse_unless_replaceable() {
  local why
  refuse_target_in_use
  read_target_marker
  if [ "$MARKED_OID" != "$1" ]; then
    why="no run of this tool made it, as far as this host knows"
  elif [ "$MARKED_PHASE" = switched ]; then
    why="run $MARKED_RUN switched the application to it, and no rollback saved what was written there"
  elif [ "$MARKED_PHASE" = saved ] && ! writes_were_carried "$MARKED_RUN"; then
    why="the rollback $MARKED_RUN did not take all that was written there to the source: what it saved is at s3://$RELAY_BUCKET/writes/$MARKED_RUN/, and the rest is here alone"
  else
    return 0
  fi
  [ "$REPLACE" != "$DATABASE" ] || return 0
  fail target-database-exists "The target has a database named $DATABASE already, and $why. Nothing was changed." \
    "Look what it holds. Keep it by renaming it; or, if all of it may be lost, name it: --replace $DATABASE."
}
