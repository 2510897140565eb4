#!/bin/bash
# Where a drill restores to, and how what one left is removed: what its own marker names, and nothing else.
set -Eeuo pipefail

readonly DRILLS=$DATA_MOUNT/drill DRILL_MARKER=made-by-a-drill

# A process number that outlived its server may be another's by now, the live server's even: a server works in its own
# data directory.
end_drill_server() {
  local data=$1/data pid=''
  read -r pid 2>/dev/null <"$data/postmaster.pid" || return 0
  [ "$(readlink "/proc/$pid/cwd")" = "$data" ] || return 0
  kill -QUIT "$pid"
  # Its backends go on a moment longer.
  while [ -e "/proc/$pid" ]; do sleep 0.1; done
}

# remove_drill DIRECTORY: what a drill made has the marker from before its first file. rm follows no link.
remove_drill() {
  local drill=$1
  [[ ${drill##*/} =~ ^r[0-9]{8}-[0-9]{6}-[a-z0-9]{4}-repo[0-9]$ && ${drill%/*} = "$DRILLS" && ! -L $drill && -f $drill/$DRILL_MARKER ]] || {
    say "$drill was made by no drill: left alone."
    return 0
  }
  end_drill_server "$drill"
  # The marker goes last: what a kill leaves half removed is still a drill's.
  find "$drill" -mindepth 1 -maxdepth 1 ! -name "$DRILL_MARKER" -exec rm -rf --one-file-system -- {} +
  rm -rf --one-file-system -- "$drill"
}

# Only one run at a time holds the lock: what is there now is of one that has ended.
remove_drills() {
  local drill
  [ -z "$(stranger_in "$DRILLS")" ] || return 0 # No drill of ours, whose directory is root's.
  for drill in "$DRILLS"/*; do
    [ ! -d "$drill" ] || remove_drill "$drill"
  done
  if [ -d "$DRILLS" ]; then rmdir --ignore-fail-on-non-empty "$DRILLS"; fi
}
