#!/bin/bash
# Keeps one host up. nspawn ends with 133 when the host asked for a reboot: then it is started again, as a machine
# would be. Any other end is the end of the host.
# Usage: run-host.sh CGROUP... -- NSPAWN-OPTION...
set -uo pipefail

cgroups=()
while [ "$1" != -- ]; do
  cgroups+=("$1/cgroup.procs")
  shift
done
shift

while :; do
  # The host's cgroup is joined by nspawn alone: a hierarchy of version 2 wants no process above the host's own units.
  (
    for procs in "${cgroups[@]}"; do
      echo "$BASHPID" >"$procs" || exit 125
    done
    # No lock: the root is this lab's alone, and the lock's file would stay behind.
    SYSTEMD_NSPAWN_LOCK=0 UNIFIED_CGROUP_HIERARCHY=1 exec systemd-nspawn "$@"
  )
  status=$?
  [ "$status" = 133 ] || exit "$status"
done
