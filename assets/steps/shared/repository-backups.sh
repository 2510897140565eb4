#!/bin/bash
# What one repository (REPO) holds of the stanza, asked as postgres.
set -Eeuo pipefail

# pgBackRest ends with 0 whatever it finds, and waits long for a repository that does not answer.
readonly INFO_SECONDS=120

# The words for a person: repo3 is the one on the repository host.
repository_named() {
  case $REPO in
    3) echo "repo3 (the repository host)" ;;
    *) echo "repo$REPO (S3)" ;;
  esac
}

# as_postgres COMMAND...
as_postgres() {
  runuser -u postgres -- "$@"
}

# read_backups: into $BACKUPS, one a line, the oldest first: label, its start and stop (seconds since 1970), the bytes
# that it restores. A backup with page checksum errors does not count.
read_backups() {
  local status=0 info=$STATE/$STEP.info.json refused
  as_postgres timeout "$INFO_SECONDS" pgbackrest --stanza="$STANZA" --repo="$REPO" --output=json --log-level-console=off \
    --log-level-stderr=error --log-level-file=off info >"$info" 2>"$ERRORS" || status=$?
  if [ "$status" = 124 ]; then
    fail repository-silent "$(repository_named) did not answer within $INFO_SECONDS s." "Mend the way to it, then start a new run."
  elif [ "$status" != 0 ]; then
    fail repository-refused "$(repository_named) could not be asked: $(first_error)." "Mend the cause, then start a new run."
  fi
  refused=$(jq --raw-output --argjson repo "$REPO" '.[0].repo[]? | select(.key == $repo and .status.code != 0) | .status.message | split("\n")[0]' "$info")
  BACKUPS=$(jq --raw-output --argjson repo "$REPO" '
    [.[0].backup[]? | select(.database["repo-key"] == $repo and (.error | not))] | sort_by(.timestamp.stop)[]
    | "\(.label) \(.timestamp.start) \(.timestamp.stop) \(.info.size)"' "$info")
  if [ -z "$BACKUPS" ]; then
    fail no-backup "$(repository_named) has no backup of stanza $STANZA${refused:+: $refused}." "Mend the cause, or make a full backup there first: pgbackrest --stanza=$STANZA --repo=$REPO --type=full backup"
  fi
}

# check_time: TIME is a moment that has passed. SECONDS_AT is it in seconds since 1970, or empty for the latest.
check_time() {
  SECONDS_AT=''
  [ -n "$TIME" ] || return 0
  SECONDS_AT=$(date -u --date="$TIME" +%s 2>/dev/null) || fail time-malformed "$TIME is no time." "Write it as 2026-11-21T02:15:15Z."
  [ "$SECONDS_AT" -le "$(date -u +%s)" ] || fail time-in-future "$TIME is in the future." "Name a moment that has passed, or leave it out for the latest."
}

# choose_backup: the newest, or the newest that had ended at that time.
choose_backup() {
  local chosen oldest
  chosen=$(awk -v time="$SECONDS_AT" 'time == "" || $3 < time' <<<"$BACKUPS" | tail -n 1)
  if [ -z "$chosen" ]; then
    oldest=$(date -u --date="@$(head -n 1 <<<"$BACKUPS" | cut -d ' ' -f 3)" +%FT%TZ)
    fail time-before-oldest-backup "$TIME is not after the end of the oldest backup of stanza $STANZA in $(repository_named): $oldest." \
      "Name a later time, or leave it out for the latest."
  fi
  read -r BACKUP _ BACKUP_STOP BACKUP_BYTES <<<"$chosen"
}

# The operator's time in pgBackRest's form: it knows neither the T nor the Z of ISO 8601.
recovery_target() {
  if [ -n "$TIME" ]; then
    printf '%s\n' --type=time "--target=$(date -u --date="$TIME" '+%F %T.%6N+00')" --target-action=promote
  fi
}
