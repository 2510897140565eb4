#!/bin/bash
# The packages at the versions of the environment, held there. With "preinstalled" nothing is installed: what the image
# has is only compared; a server that was built from source has no packages, and is judged by its answers at the end.
set -Eeuo pipefail

# Before anything is changed: a server that has run at a newer version may have written what an older one cannot read.
refuse_newer() {
  local name there
  for name in "${NAMES[@]}"; do
    there=$(installed_version "$name")
    if [ -z "$there" ] || is_wanted "$name" "$there"; then continue; fi
    if dpkg --compare-versions "$there" gt "${WANTED[$name]%%[!0-9.]*}"; then
      fail package-version-differs "$name $there is installed, newer than the wanted ${WANTED[$name]}. It is not downgraded." \
        "Write that version in bin/environments.ts, or use an image without the package."
    fi
  done
}

# A pin that matches nothing is silent, and the newest version wins: the second stanza leaves apt nothing else.
pin_versions() {
  local name
  for name in "${NAMES[@]}"; do
    printf 'Package: %s\nPin: version %s\nPin-Priority: 1001\n\n' "$name" "${WANTED[$name]}"
    printf 'Package: %s\nPin: version *\nPin-Priority: -1\n\n' "$name"
  done | write_file "$APT/preferences.d/timescale-cutover" 0644 root:root
}

# All of them before the first is installed.
require_candidates() {
  local name lacking=()
  for name in "$@"; do
    if ! is_wanted "$name" "$(candidate_version "$name")"; then
      lacking+=("$name ${WANTED[$name]} (apt has $(apt-cache madison "$name" | awk '{ print $3 }' | sort -uV | tail -n 5 | xargs | sed 's/^$/none/'))")
    fi
  done
  [ "${#lacking[@]}" = 0 ] ||
    fail package-unavailable "Packages that cannot be had at their versions: $(printf '%s, ' "${lacking[@]}" | sed 's/, $//')." \
      'Correct versions or target.packageSources in bin/environments.ts; nothing was installed.'
}

# The package of PostgreSQL would make a cluster on the root disk and start it.
forbid_default_cluster() {
  local file=/etc/postgresql-common/createcluster.conf
  { sed '/^[# ]*create_main_cluster/d' "$file" 2>/dev/null || :; echo 'create_main_cluster = false'; } |
    write_file "$file" 0644 root:root
}

install_missing() {
  local name missing=() tools
  for name in "${NAMES[@]}"; do
    is_wanted "$name" "$(installed_version "$name")" || missing+=("$name")
  done
  mapfile -t tools < <(missing_tools "${TOOLS[@]}")
  if [ "${#missing[@]}" = 0 ] && [ "${#tools[@]}" = 0 ] && command -v aws >/dev/null; then return 0; fi

  refresh_lists
  require_candidates "${missing[@]}"
  forbid_default_cluster
  if [ "${#missing[@]}" != 0 ] || [ "${#tools[@]}" != 0 ]; then
    say "installing ${missing[*]} ${tools[*]}"
    install_packages "${missing[@]}" "${tools[@]}"
  fi
  command -v aws >/dev/null || install_aws
}

# Upgrades, unattended ones too, leave a held package alone.
hold_packages() {
  local name held loose=()
  held=$(apt-mark showhold)
  for name in "${NAMES[@]}"; do
    grep -qxF "$name" <<<"$held" || loose+=("$name")
  done
  [ "${#loose[@]}" = 0 ] ||
    patiently apt-mark hold "${loose[@]}" >/dev/null ||
    fail packages-not-held "The packages could not be held at their versions: $(first_error)." 'Start timescale-cutover-boot again.'
}

# What is there, and that it is what was wanted.
assert_packages() {
  local name there members=''
  for name in "${NAMES[@]}"; do
    there=$(installed_version "$name")
    if [ -z "$there" ] && [ "$PACKAGES" = preinstalled ]; then continue; fi
    is_wanted "$name" "$there" ||
      fail package-version-differs "$name is at ${there:-no version}, not at the wanted ${WANTED[$name]}." \
        'Correct versions in bin/environments.ts, or use an image that has these.'
    members+="${members:+,}\"$name\":$(json_string "$there")"
  done
  note packages "{\"mode\":\"$PACKAGES\",\"installed\":{$members}}"
}

want_packages
if [ "$PACKAGES" != preinstalled ]; then
  refuse_newer
  pin_versions
  install_missing
  hold_packages
fi
assert_packages
assert_tools
