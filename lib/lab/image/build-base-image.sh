#!/bin/bash
# Builds the Debian root that the lab's hosts and doubles start from.
# Usage: build-base-image.sh DESTINATION PACKAGE,...   (DESTINATION appears whole or not at all)
# Run it under flock, and in mount and pid namespaces of its own: what is killed then leaves no mount and no process.
set -Eeuo pipefail

destination=$1 packages=$2
if [ -e "$destination" ]; then
  exit 0 # another lab has built it while this one waited for the lock
fi
unfinished=$destination.unfinished
rm -rf --one-file-system "$unfinished"

# The hooks are run by mmdebstrap, with the root as $1.
# shellcheck disable=SC2016
{
  # No cluster in the image: each host makes its own, with the settings that it needs.
  no_cluster='mkdir -p "$1/etc/postgresql-common" && echo "create_main_cluster = false" > "$1/etc/postgresql-common/createcluster.conf"'
  locales='printf "%s\n" "en_GB.UTF-8 UTF-8" "en_US.UTF-8 UTF-8" > "$1/etc/locale.gen" && chroot "$1" locale-gen'
  # policy-rc.d would keep services from starting; hosts must not share keys or an identity.
  impersonal='rm -f "$1/usr/sbin/policy-rc.d" "$1"/etc/ssh/ssh_host_*_key* && : > "$1/etc/machine-id"'
  keep='bash "$KEEP_PACKAGES" "$1"'
}

KEEP_PACKAGES=$(dirname "$0")/keep-packages.sh
export KEEP_PACKAGES
mmdebstrap --quiet --variant=apt --mode=root --include="$packages" \
  --essential-hook="$no_cluster" --customize-hook="$locales" --customize-hook="$impersonal" --customize-hook="$keep" \
  trixie "$unfinished"
mv "$unfinished" "$destination"
