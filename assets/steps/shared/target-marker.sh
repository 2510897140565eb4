#!/bin/bash
# Who made the target's database, and how far it got: written by prepare-database, read before anything is replaced. It lies
# on the data volume, beside the database that it speaks of.
set -Eeuo pipefail

readonly TARGET_MARKER=$KEPT/target-database

# mark_target RUN OID PHASE. The phases: prepared, restoring, restored, closed (by its run, or after a failed switch),
# activated (open, and the secret never named it), switched (the secret may have named it), saved (fenced by the rollback
# RUN, which saved what was written).
mark_target() {
  root_directory 0711 root "$KEPT"
  printf '%s %s %s\n' "$1" "$2" "$3" >"$TARGET_MARKER.new"
  mv "$TARGET_MARKER.new" "$TARGET_MARKER"
}

# Sets MARKED_RUN, MARKED_OID and MARKED_PHASE; all empty where no run made a database.
read_target_marker() {
  MARKED_RUN='' MARKED_OID='' MARKED_PHASE=''
  [ -e "$TARGET_MARKER" ] || return 0
  read -r MARKED_RUN MARKED_OID MARKED_PHASE <"$TARGET_MARKER" || :
  [[ "$MARKED_RUN $MARKED_OID $MARKED_PHASE" =~ ^r[0-9]{8}-[0-9]{6}-[a-z0-9]{4}\ [0-9]+\ [a-z]+$ ]] ||
    fail marker-damaged "The file $TARGET_MARKER, which says who made the target's database, is damaged: '$(head -c 100 "$TARGET_MARKER")'." \
      "See what the database $DATABASE on the target holds, then remove the file: the database then counts as made by no run."
}
