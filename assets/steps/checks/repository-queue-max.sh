#!/bin/bash
# WAL that waits lies in pg_wal: what may wait must fit beside all else. What was dropped is a hole in the archive.
set -Eeuo pipefail

# Without one such log grep has nothing to read, and find gives it none.
dropped=$(find "$LOG_PATH" -name "$STANZA-archive-push*.log*" -exec zgrep -h 'WARN: dropped WAL file' {} + | sort) || [ -d "$LOG_PATH" ]
if [ -n "$dropped" ]; then
  warn "The target dropped WAL before it was archived: $(wc -l <<<"$dropped") times, last at $(tail -n 1 <<<"$dropped" | cut -c 1-19)." \
    "See why the repository did not answer then; what was archived before helps no recovery across the hole: make a full backup."
fi
free=$(free_bytes "$DATA_DIRECTORY/pg_wal/.")
found="archive-push-queue-max lets $QUEUE_MAX_GIB GiB of WAL wait; $(mebibytes "$free") are free where pg_wal is"
[ "$free" -gt $((QUEUE_MAX_GIB * 1073741824)) ] || warn "$found: the volume is full before pgBackRest drops any."
pass "$found."
