#!/bin/bash
# apt, for the steps that need it: patient with others at work, and never silent about a source that fails.
set -Eeuo pipefail

readonly APT=/etc/apt
readonly SOURCES_REMEDY="Correct target.packageSources in bin/environments.ts, or let HTTPS out to that host; then run: systemctl restart timescale-cutover-boot."

# What it reports is kept with its errors. A cloud image's needrestart would restart services in the midst of the boot.
apt_get() {
  NEEDRESTART_SUSPEND=1 apt-get --yes --option=DPkg::Lock::Timeout=300 --option=DPkg::Options::=--force-confold \
    --option=DPkg::Use-Pty=0 --option=Acquire::Retries=3 "$@" </dev/null >&2
}

# patiently COMMAND...: a cloud image updates itself at its first start, and not every command of apt waits for its end.
patiently() {
  local end=$((SECONDS + 600))
  until "$@" 2>"$ERRORS"; do
    grep -qiE 'could not get lock|is locked by|unable to lock' "$ERRORS" && [ "$SECONDS" -lt "$end" ] || return
    say 'waiting for other work of apt on this host'
    sleep 5
  done
}

# Without Error-Mode apt goes on with the old lists where a source fails.
refresh_lists() {
  patiently apt_get --quiet=2 --option=APT::Update::Error-Mode=any update ||
    fail package-lists-refused "The lists of packages could not be brought up to date: $(first_error)." "$SOURCES_REMEDY"
}

# apt takes what packages depend on from the source of highest priority or not at all. Where the distribution's is too
# old, the vendor's has to be allowed, for this one time.
try_install() {
  local install=(apt_get --quiet install --no-install-recommends --no-remove --fix-broken)
  if patiently "${install[@]}" "$@"; then return 0; fi
  if [ "$PACKAGES" != vendor ] || ! grep -q ' Depends: ' "$ERRORS"; then return 1; fi
  say "taking from the vendor what the distribution has not, or too old: $(unmet_dependency)"
  patiently "${install[@]}" --target-release="$POSTGRESQL_SOURCE_SUITE" "$@"
}

unmet_dependency() {
  grep -m 1 ' Depends: ' "$ERRORS" | sed 's/^ *//; s/  */ /g'
}

# install_packages PACKAGE...: what an earlier boot was cut short in is finished first. Nothing is ever removed.
install_packages() {
  dpkg --configure --pending --force-confold </dev/null >/dev/null 2>&1 || say 'dpkg could not finish what was begun'
  if ! try_install "$@"; then
    grep -E '^(E|W|Err)|rror:| Depends: ' "$ERRORS" >&2 || :
    fail packages-not-installed "apt could not install $*: $(unmet_dependency || first_error)." \
      'Read /var/log/apt/term.log and journalctl -u timescale-cutover-boot, mend the cause, and start that unit again.'
  fi
}

# missing_tools COMMAND:PACKAGE...: the packages of the commands that are not there.
missing_tools() {
  local tool
  for tool in "$@"; do
    command -v "${tool%:*}" >/dev/null || printf '%s\n' "${tool#*:}"
  done
}
