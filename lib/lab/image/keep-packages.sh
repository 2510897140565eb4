#!/bin/bash
# A hook of mmdebstrap: keeps the .deb files of PostgreSQL, its extensions and pgBackRest, of three tools of the boot,
# and of everything that only they need, in the image's /srv/packages. A root without them, and a repository with the
# image's very versions, are made of these without a network.
# Usage: keep-packages.sh ROOT
set -Eeuo pipefail

root=$1
install -d "$root/srv/packages"
chroot "$root" apt-get --simulate --purge autoremove 'postgresql-*' pgbackrest gpg jq zstd |
  sed -n 's/^Purg \([^ :]*\).*/\1/p' |
  while read -r package; do
    mv "$root/var/cache/apt/archives/${package}"_*.deb "$root/srv/packages/"
  done
