#!/bin/bash
# Lets the postgres of another host into the repository host, as its owner does. Run as root on the repository host;
# standard input is the line for authorized_keys.
# Usage: let-in.sh REPOSITORY_PATH
set -Eeuo pipefail

home=$(getent passwd postgres | cut -d: -f6)
install -d -m 0700 -o postgres -g postgres "$home/.ssh"
line=$(cat)
touch "$home/.ssh/authorized_keys"
grep -qxF "$line" "$home/.ssh/authorized_keys" || echo "$line" >>"$home/.ssh/authorized_keys"
chown postgres:postgres "$home/.ssh/authorized_keys"
install -d -m 0750 -o postgres -g postgres "$1"
