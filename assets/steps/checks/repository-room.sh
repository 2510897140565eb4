#!/bin/bash
# Whether a backup fits where the repository host keeps it, and may be written there.
set -Eeuo pipefail

# The forced command (pgbackrest-only) knows room by its name; where there is none the probe says the same. The folder
# itself may be made only with the first stanza.
probe="p=$(printf '%q' "$REPOSITORY_PATH"); while [ ! -d \"\$p\" ]; do p=\$(dirname \"\$p\"); done; [ -w \"\$p\" ] && w=yes || w=no; echo \"\$w \$(df --output=avail -B1 \"\$p\" | tail -n 1) \$p\""
read -r writable free place < <(repository_ssh room || repository_ssh "$probe") || :
if [[ ! ${free-} =~ ^[0-9]+$ ]]; then
  warn "The repository host lets nobody ask for its free room at $REPOSITORY_PATH." "Ask its owner."
elif [ "$writable" != yes ]; then
  refuse "$REPOSITORY_USER may not write to $place on the repository host." "Ask its owner to give $REPOSITORY_PATH to $REPOSITORY_USER."
fi
found="$(mebibytes "$free") are free at $REPOSITORY_PATH; the database has $DATABASE_GIB GiB"
[ "$free" -ge $((DATABASE_GIB * 1073741824)) ] || warn "Only $found."
pass "$found."
