#!/bin/bash
# Lets no WAL of a restore into the repository: it is as much as the database, and nobody recovers to the middle of it.
# Archiving is on only where an earlier cutover turned it on.
set -Eeuo pipefail

if [ "$(archive_mode)" = off ]; then
  clear_spool
  succeed '"wasOn":false'
fi
refuse_target_in_use
set_archiving off
restart_server
[ "$(archive_mode)" = off ] ||
  fail archiving-not-stopped "archive_mode is still $(archive_mode) on the target after its restart." \
    "Take archive_mode out of the target's conf.d: the cutover turns archiving on by itself."
clear_spool
succeed '"wasOn":true'
