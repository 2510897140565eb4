#!/bin/bash
# Keeps one host up. nspawn ends with 133 when the host asked for a reboot: then it is started again, as a machine
# would be, with what is attached to it by then. Any other end is the end of the host.
# Usage: run-host.sh NSPAWN-OPTIONS-FILE CGROUP...   (the file: one option after the other, each ended by a zero byte)
set -uo pipefail

options=$1
shift

while :; do
  # The host's cgroup is joined by nspawn alone: a hierarchy of version 2 wants no process above the host's own units.
  (
    for cgroup in "$@"; do
      echo "$BASHPID" >"$cgroup/cgroup.procs" || exit 125
    done
    mapfile -t -d '' arguments <"$options"
    # No lock: the root is this lab's alone, and the lock's file would stay behind.
    SYSTEMD_NSPAWN_LOCK=0 UNIFIED_CGROUP_HIERARCHY=1 exec systemd-nspawn "${arguments[@]}"
  )
  status=$?
  [ "$status" = 133 ] || exit "$status"
done
