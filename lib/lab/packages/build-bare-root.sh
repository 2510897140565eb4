#!/bin/bash
# Makes a layer over the lab's image in which the packages that the image keeps (see keep-packages.sh) are purged: what a
# new instance is before its boot has installed anything. The image itself is only read.
# Usage: build-bare-root.sh IMAGE LAYER   (LAYER appears whole or not at all)
# Run it as build-base-image.sh is run.
set -Eeuo pipefail

image=$1 layer=$2
if [ -e "$layer" ]; then
  exit 0 # another lab has made it while this one waited for the lock
fi
unfinished=$layer.unfinished
root=$unfinished/root

inside() { chroot "$root" /usr/bin/env -i PATH="$PATH" LC_ALL=C DEBIAN_FRONTEND=noninteractive "$@"; }

discard() {
  # What is still mounted must not be removed with the rest: a umount that fails ends the script here.
  if mountpoint --quiet "$root"; then umount --recursive "$root"; fi
  rm -rf --one-file-system "$unfinished"
}

discard
trap discard EXIT
mkdir -p "$unfinished/upper" "$unfinished/work" "$root"
mount -t overlay overlay -o "lowerdir=$image,upperdir=$unfinished/upper,workdir=$unfinished/work" "$root"
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mount -t tmpfs tmpfs "$root/run"

packages=()
for file in "$root"/srv/packages/*.deb; do
  packages+=("$(dpkg-deb --field "$file" Package)")
done
# They are all there is that needs them: dpkg refuses where that is not so.
inside dpkg --purge "${packages[@]}" >/dev/null
# What Debian's packages leave behind, and a new instance has not.
inside userdel postgres
rm -rf "$root"/var/lib/postgresql "$root"/var/lib/pgbackrest "$root"/var/log/p*g* "$root"/etc/postgresql* "$root"/srv/packages

umount --recursive "$root"
mv "$unfinished/upper" "$layer"
