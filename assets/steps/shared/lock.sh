#!/bin/bash
# The target's one lock: a file that names the run and the execution that hold it. Whoever looks at it or changes it holds
# the kernel's lock beside it meanwhile, so that no two runs see the same stale holder.
set -Eeuo pipefail

readonly LOCK=$STATE_ROOT/lock
readonly LOCK_WAIT_SECONDS=60

hold_lock_file() {
  exec 8>"$LOCK.flock"
  flock --wait "$LOCK_WAIT_SECONDS" 8 || fail lock-busy "Another step has been working on the target's lock for $LOCK_WAIT_SECONDS s." \
    "See which process that is (fuser $LOCK.flock on the target), and run again when it has ended."
}

# Sets HOLDER and HOLDER_EXECUTION; both empty where the lock is free. A lock that is damaged is nobody's to take.
read_lock() {
  HOLDER='' HOLDER_EXECUTION=''
  [ -e "$LOCK" ] || return 0
  read -r HOLDER HOLDER_EXECUTION <"$LOCK" || :
  [[ $HOLDER =~ ^r[0-9]{8}-[0-9]{6}-[a-z0-9]{4}$ ]] || fail lock-damaged "The target's lock $LOCK names no run: '$(head -c 100 "$LOCK")'." \
    "See that no automation of this environment is in progress (cutover status), then remove the file."
}

take_lock() {
  printf '%s %s\n' "$RUN_ID" "$EXECUTION_ID" >"$LOCK.new"
  mv "$LOCK.new" "$LOCK"
}
