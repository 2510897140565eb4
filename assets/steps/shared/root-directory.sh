#!/bin/bash
# Directories in which root alone says what a name means. Where another account may put, rename or link something, root
# would write to, give away or remove what that account points it at; and postgres does what the database's users can make
# it do.
set -Eeuo pipefail

# stranger_in PATH: the first directory on the way to it, as written and as resolved, that is not root's alone.
stranger_in() {
  local way owner mode
  for way in "$1" "$(realpath --canonicalize-missing -- "$1")"; do
    until [ "$way" = / ]; do
      if [ -e "$way" ] || [ -L "$way" ]; then
        read -r owner mode <<<"$(stat --format='%u %a' -- "$way")"
        if [ "$owner" != 0 ] || { [ ! -L "$way" ] && [ $((0$mode & 022)) != 0 ]; }; then
          printf '%s' "$way"
          return
        fi
      fi
      way=$(dirname -- "$way")
    done
  done
}

# root_directory MODE GROUP PATH: makes it, root's. Debian gives the root of the data volume to postgres, which has its
# files below and needs no right to the root itself.
root_directory() {
  local stranger
  if [ -n "${DATA_MOUNT-}" ] && [[ $3/ = "$DATA_MOUNT"/* ]]; then chown root:root "$DATA_MOUNT"; fi
  stranger=$(stranger_in "$3")
  if [ -n "$stranger" ]; then
    fail unsafe-directory "$3 is not safe for root to write to: $stranger belongs to $(stat --format=%U -- "$stranger"), mode $(stat --format=%a -- "$stranger"), so another account may point it elsewhere." \
      "Give it to root (chown root $stranger; chmod go-w $stranger), or remove it if it is a link; or name another directory."
  fi
  install -d -m "$1" -o root -g "$2" "$3"
}

# make_dump_directory: this run's, empty; postgres may read in it and write nowhere.
make_dump_directory() {
  root_directory 0755 root "$DUMP_DIRECTORY"
  rm -rf --one-file-system -- "$DUMP"
  root_directory 0750 postgres "$DUMP"
}

# remove_dump: safe where there is none; through another account's link nothing is removed.
remove_dump() {
  if [ -z "$(stranger_in "$DUMP_DIRECTORY")" ]; then rm -rf --one-file-system -- "${DUMP:?}"; fi
}

# lend FILE...: postgres may read them.
lend() {
  chgrp postgres -- "$@"
  chmod 0640 -- "$@"
}

# seal DIRECTORY: what postgres has written becomes root's, so that it stays what it is; postgres may read it.
seal() {
  local odd
  chown -hR root:postgres -- "$1"
  odd=$(find "$1" ! -type f ! -type d -print -quit)
  [ -z "$odd" ] || fail dump-not-plain "$odd is neither a file nor a directory: somebody put it among what pg_dump writes." \
    "Find out who works as postgres on this host, then start a new run."
  find "$1" -type d -exec chmod 0750 {} +
  find "$1" -type f -exec chmod 0640 {} +
}
