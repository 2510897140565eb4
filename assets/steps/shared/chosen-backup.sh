#!/bin/bash
# Which backup of the stanza in one repository (REPOSITORY) leads to a point in time (TIME; empty for the latest that the
# archive holds). Wants shared/stanza.sh.
set -Eeuo pipefail

# check_time: TIME is a moment that has passed. TIME_SECONDS is it in seconds since 1970, or empty.
check_time() {
  TIME_SECONDS=''
  [ -n "$TIME" ] || return 0
  TIME_SECONDS=$(date -u --date="$TIME" +%s 2>/dev/null) || fail time-malformed "$TIME is no time." "Write it as 2026-11-21T02:15:15Z."
  [ "$TIME_SECONDS" -le "$(date -u +%s)" ] || fail time-in-future "$TIME is in the future." "Name a moment that has passed, or leave it out for the latest."
}

# The stanza's backups there, the oldest first, a line each: label, seconds since 1970 when it ended, bytes that it
# restores. What pgBackRest says of the stanza comes before them.
ask_backups() {
  stanza_info "$REPOSITORY" '"\(.status.message | split("\n")[0])", (.backups | sort_by(.timestamp.stop)[] | "\(.label) \(.timestamp.stop) \(.info.size)")'
}

# choose_backup: sets BACKUP, BACKUP_STOP and BACKUP_BYTES to the newest, or the newest that had ended at TIME.
choose_backup() {
  local said backups chosen oldest
  said=$(ask_backups 2>"$ERRORS") ||
    fail repository-silent "$(repository_name "$REPOSITORY") gave no answer within $INFO_SECONDS s, or none that can be read: $(first_error)." \
      "Mend the way to it, then start a new run."
  backups=$(tail -n +2 <<<"$said")
  [ -n "$backups" ] ||
    fail no-backup "$(repository_name "$REPOSITORY") has no backup of stanza $STANZA that could be restored; pgBackRest says of it: $(head -n 1 <<<"$said")." \
      "Mend that, or make one: on the target, as postgres, pgbackrest --stanza=$STANZA --repo=$REPOSITORY --type=full backup"
  chosen=$(awk -v time="$TIME_SECONDS" 'time == "" || $2 < time' <<<"$backups" | tail -n 1)
  if [ -z "$chosen" ]; then
    oldest=$(date -u --date="@$(head -n 1 <<<"$backups" | cut -d ' ' -f 2)" +%FT%TZ)
    fail time-before-oldest-backup "$TIME is not after $oldest, when the oldest backup of stanza $STANZA in $(repository_name "$REPOSITORY") ended." \
      "Name a later time, or leave it out for the latest."
  fi
  read -r BACKUP BACKUP_STOP BACKUP_BYTES <<<"$chosen"
}

# check_room WHAT LEFT_BYTES: the data volume has room for what the backup restores, for WAL and sorting beside it, and for
# what stays the live server's whatever happens.
check_room() {
  local what=$1 left=$2 beside=$((BACKUP_BYTES / 4)) needed free shares
  [ "$beside" -ge "$LEAST_WAL_BYTES" ] || beside=$LEAST_WAL_BYTES
  needed=$((BACKUP_BYTES + beside + left))
  free=$(free_bytes "$DATA_MOUNT")
  [ "$free" -lt "$needed" ] || return 0
  shares="$(mebibytes "$BACKUP_BYTES") restored, $(mebibytes "$beside") for WAL and sorting"
  [ "$left" = 0 ] || shares+=", $(mebibytes "$left") left to the live server"
  fail no-room "The $what needs $(mebibytes "$needed"); the data volume at $DATA_MOUNT has $(mebibytes "$free")." \
    "Make room or enlarge target.dataVolumeGiB: $shares."
}

# The options that lead to TIME: pgBackRest knows neither the T nor the Z of ISO 8601.
recovery_target() {
  if [ -n "$TIME" ]; then
    printf '%s\n' --type=time "--target=$(date -u --date="$TIME" '+%F %T.%6N+00')" --target-action=promote
  fi
}
