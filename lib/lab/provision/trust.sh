#!/bin/bash
# Gives postgres a key of its own, pins the repository host's, and prints the public half. Run as root on the source.
# Usage: trust.sh NAME ADDRESS HOST_KEY
set -Eeuo pipefail

folder=$(getent passwd postgres | cut -d: -f6)/.ssh
install -d -m 0700 -o postgres -g postgres "$folder"
[ -e "$folder/id_ed25519" ] || runuser -u postgres -- ssh-keygen -q -t ed25519 -N '' -C postgres@source -f "$folder/id_ed25519"
echo "$1,$2 $3" >"$folder/known_hosts"
cat "$folder/id_ed25519.pub"
