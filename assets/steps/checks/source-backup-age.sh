#!/bin/bash
# By the newest full backup of the stanza's present cluster in each repository: info's "ok" may be an earlier cluster's.
set -Eeuo pipefail

recent='' others=''
ask_repositories
while IFS=$SEPARATOR read -r key status message _ ours stop hours; do
  if [ "${ours-}" = f ]; then
    others+="${others:+; }repo$key: stanza $SOURCE_STANZA is of another cluster than this server's"
  elif [ -n "${stop-}" ] && [ "${hours%.*}" -lt "$FULL_BACKUP_HOURS" ]; then
    recent+="${recent:+; }repo$key: full backup of $(date -u -d "@$stop" '+%F %R') UTC, $hours h ago"
  elif [ -n "${stop-}" ]; then
    others+="${others:+; }repo$key: the newest full backup is of $(date -u -d "@$stop" '+%F %R') UTC, $hours h ago"
  elif [ "$status" = 0 ]; then
    others+="${others:+; }repo$key: no full backup"
  else
    others+="${others:+; }repo$key: $message"
  fi
done <"$ASKED/repositories"
found="$others${others:+${recent:+; }}$recent"
[ -n "$found" ] || unmade "pgBackRest on the source has no repository."
[ -n "$recent" ] || refuse "The source has no full backup of the last $FULL_BACKUP_HOURS h. $found."
[ -z "$others" ] || warn "Not every repository of the source has a recent full backup. $found."
pass "$found."
