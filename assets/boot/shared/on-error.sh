#!/bin/bash
# From here on one boot is at work, and an error that no check foresaw ends it with a result.
set -Eeuo pipefail

# What no check foresaw; a fail within a subshell has said it already.
on_error() {
  [ ! -e "$FILES/failed" ] || exit 1
  fail unexpected "\`$3\` ended with $1 at line $2 of /usr/local/sbin/timescale-cutover-boot." \
    'Read journalctl -u timescale-cutover-boot, mend the cause, and start that unit again.'
}

umask 022
cd /
install -d -m 0711 "$STATE"
install -d -m 0700 "$FILES"
exec 9>"$FILES/lock"
if ! flock --nonblock 9; then
  say 'another boot is at work on this host: journalctl -fu timescale-cutover-boot'
  exit 1
fi
: >"$ERRORS"
rm -f "$FILES/failed"
trap 'on_error $? $LINENO "$BASH_COMMAND"' ERR
