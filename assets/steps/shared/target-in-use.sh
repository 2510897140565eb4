#!/bin/bash
# A database of the target that a run opened to the application may hold rows that are nowhere else: it is closed or
# replaced only where the application's secret names the source.
set -Eeuo pipefail

refuse_target_in_use() {
  local run='' phase='' truth
  if [ -s "$TARGET_MARKER" ]; then read -r run _ phase <"$TARGET_MARKER"; fi
  [ "$phase" = activated ] || return 0
  read_secret
  truth=$(secret_truth)
  [ "$truth" != source ] || return 0
  fail target-in-use "Run $run opened the target's database $DATABASE to the application, and the secret $APPLICATION_SECRET names the $truth: it is in use, and may hold rows that are nowhere else. Nothing was changed." \
    "To move once more, go back first: cutover rollback."
}
