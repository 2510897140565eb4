#!/bin/bash
# What is on the data volume, found out without a change to it.
set -Eeuo pipefail

# Blank is: no signature of any kind, and nothing but zeros in the first and the last 16 MiB, where file systems, partition
# tables and volume managers have theirs, and in 256 places between. Reading all of 50 GiB would take seven minutes.
is_blank() {
  local size=$(($(blockdev --getsize64 "$DEVICE") / MIB)) place
  [ -z "$(wipefs --no-act --noheadings "$DEVICE")" ] && is_zero 0 16 && is_zero $((size - 16)) 16 || return
  for ((place = 0; place < 256; place++)); do
    is_zero $((size * place / 256)) 1 || return
  done
}

# is_zero OFFSET LENGTH: of the volume, both in MiB.
is_zero() {
  cmp --silent --ignore-initial=$(($1 * MIB)):0 --bytes=$(($2 * MIB)) "$DEVICE" /dev/zero
}

# Whether the volume has a file system that can be read, with a file in it.
holds_files() {
  local look=$FILES/look file
  install -d "$look"
  mount -o ro,noload "$DEVICE" "$look" 2>/dev/null || return
  file=$(find "$look" -mindepth 1 ! -name lost+found -print -quit 2>/dev/null) || file=''
  umount "$look"
  [ -n "$file" ]
}

refuse_volume() {
  fail "$1" "The data volume $VOLUME_ID holds $2. It was not touched." \
    'If what it holds may be lost, wipe it (wipefs --all, and zeros over its first 16 MiB); otherwise attach the right volume. Then run: systemctl restart timescale-cutover-boot.'
}

# What is on the volume, by looking without a change: not even the journal is replayed.
look_into() {
  local look=$FILES/look signatures names clusters
  signatures=$(wipefs --no-act --noheadings --output TYPE "$DEVICE" | sort -u | xargs)
  [ "$signatures" = ext4 ] ||
    refuse_volume volume-not-blank "something that is no ext4 file system (${signatures:-no signature that is known, but not zeros})"
  install -d "$look"
  attempt volume-unreadable "The data volume $VOLUME_ID cannot be read" 'Check its file system with e2fsck, or attach the right volume.' \
    mount -o ro,noload "$DEVICE" "$look"
  names=$(find "$look" -mindepth 1 -maxdepth 1 ! -name lost+found -printf '%f\n' | sort | sed -n 1,5p | xargs)
  clusters=$(find "$look" -maxdepth 3 -name PG_VERSION -printf '%P\n' | sort | xargs)
  umount "$look"
  case " $clusters " in
    *" $MAJOR/main/PG_VERSION "*) FOUND=cluster ;;
    '  ')
      FOUND=ours
      if [ -n "$names" ] && [ "$(blkid --probe --match-tag LABEL --output value "$DEVICE" || :)" != "$VOLUME_LABEL" ]; then
        refuse_volume volume-not-blank "files that are no cluster's ($names)"
      fi
      ;;
    *) refuse_volume volume-other-cluster "a cluster, but none at $MAJOR/main ($clusters)" ;;
  esac
}
