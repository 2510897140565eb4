#!/bin/bash
# The name that pgBackRest goes by leads to the one address that the target's security group lets it reach.
set -Eeuo pipefail

found=$(getent ahostsv4 "$REPOSITORY_HOST" | awk '{ print $1 }' | sort -u | paste -sd ' ') || found=''
if [ "$found" = "$REPOSITORY_ADDRESS" ]; then
  pass "$REPOSITORY_HOST is $found."
elif [ -z "$found" ]; then
  refuse "$REPOSITORY_HOST does not resolve."
else
  refuse "$REPOSITORY_HOST is $found; repository.address is $REPOSITORY_ADDRESS."
fi
