#!/bin/bash
# Puts a script where root's own commands are. Run as root; standard input is the script.
# Usage: install-script.sh PATH
set -Eeuo pipefail

cat >"$1.new"
chmod 0755 "$1.new"
mv "$1.new" "$1"
