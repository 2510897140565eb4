#!/bin/bash
# Where packages come from: the distribution's mirror and the vendors' repositories, each with the one key that is
# trusted for it.
set -Eeuo pipefail

# Ubuntu's own sources are plain HTTP, and only HTTPS leaves the host.
use_distribution_mirror() {
  local file
  [ -n "$DISTRIBUTION_MIRROR" ] || return 0
  for file in "$APT/sources.list" "$APT/sources.list.d/ubuntu.sources"; do
    [ -e "$file" ] || continue
    sed -E "s#https?://([a-z0-9-]+\.)*ubuntu\.com/ubuntu/?([[:space:]]|$)#$DISTRIBUTION_MIRROR\2#g" "$file" |
      write_file "$file" 0644 root:root
  done
}

keyring_of() {
  printf '%s' "$APT/keyrings/timescale-cutover-$1.gpg"
}

# Public keys need no agent, which may not be there.
gpg_for_keys() {
  gpg --homedir "$KEYS" --batch --quiet --no-autostart "$@"
}

# The fingerprints of the primary keys in a file, in one line.
fingerprints() {
  gpg_for_keys --with-colons --show-keys "$1" 2>/dev/null |
    awk -F: '$1 == "pub" { wanted = 1 } $1 == "fpr" && wanted { print $10; wanted = 0 }' | xargs
}

# add_key VENDOR URL FINGERPRINT: of what is fetched the pinned key alone is trusted. A key that is there is not fetched.
add_key() {
  local keyring found
  keyring=$(keyring_of "$1")
  [ "$(fingerprints "$keyring" || :)" != "$3" ] || return 0
  attempt key-unreachable "The key of the $1 packages could not be fetched from $2" "$SOURCES_REMEDY" \
    curl --silent --show-error --fail --location --proto =https --connect-timeout 20 --max-time 60 \
    --retry 5 --retry-connrefused --retry-max-time 180 --output "$KEYS/fetched" "$2"
  found=$(fingerprints "$KEYS/fetched" || :)
  [[ " $found " == *" $3 "* ]] ||
    fail key-differs "$2 holds ${found:-no key}, not the pinned key $3." \
      'Find out from the vendor whether the key was replaced; only then correct keyFingerprint in bin/environments.ts.'
  gpg_for_keys --import "$KEYS/fetched" 2>"$ERRORS"
  gpg_for_keys --export "$3" 2>"$ERRORS" | write_file "$keyring" 0644 root:root
}

# add_source VENDOR URL SUITE COMPONENT
add_source() {
  write_file "$APT/sources.list.d/timescale-cutover-$1.sources" 0644 root:root <<SOURCE
Types: deb
URIs: $2
Suites: $3
Components: $4
Signed-By: $(keyring_of "$1")
SOURCE
}

host_of() {
  local rest=${1#https://}
  printf '%s' "${rest%%/*}"
}

# A vendor's repository also has libraries (libpq, geos) newer than the distribution's. Below the distribution's 500
# they never replace those; below an installed package's 100 one that only the vendor has is installed when a dependency
# asks for it, and then stays as it is. The packages that are wanted have pins of their own, which count more. apt knows
# a source by its host only: where a mirror serves both, there is nothing to tell them apart by.
keep_vendors_low() {
  local url
  for url in "$POSTGRESQL_SOURCE_URL" "$TIMESCALEDB_SOURCE_URL"; do
    [ "$(host_of "$url")" != "$(host_of "$DISTRIBUTION_MIRROR")" ] || continue
    printf 'Package: *\nPin: origin "%s"\nPin-Priority: 50\n\n' "$(host_of "$url")"
  done | write_file "$APT/preferences.d/timescale-cutover-vendors" 0644 root:root
}

use_vendors() {
  local tools
  tools=$(missing_tools curl:curl gpg:gpg)
  if [ -n "$tools" ]; then
    refresh_lists
    # shellcheck disable=SC2086 # a package a word
    install_packages $tools ca-certificates
  fi
  readonly KEYS=$FILES/keys
  install -d -m 0700 "$KEYS"
  add_key postgresql "$POSTGRESQL_SOURCE_KEY_URL" "$POSTGRESQL_SOURCE_KEY_FINGERPRINT"
  add_key timescaledb "$TIMESCALEDB_SOURCE_KEY_URL" "$TIMESCALEDB_SOURCE_KEY_FINGERPRINT"
  keep_vendors_low
  add_source postgresql "$POSTGRESQL_SOURCE_URL" "$POSTGRESQL_SOURCE_SUITE" "$POSTGRESQL_SOURCE_COMPONENT"
  add_source timescaledb "$TIMESCALEDB_SOURCE_URL" "$TIMESCALEDB_SOURCE_SUITE" "$TIMESCALEDB_SOURCE_COMPONENT"
}

[ "$PACKAGES" = preinstalled ] || use_distribution_mirror
[ "$PACKAGES" != vendor ] || use_vendors
