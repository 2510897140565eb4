#!/bin/bash
# The old server's own pgBackRest, asked as its postgres; it writes no log and leaves no lock. A step of checks wants it.
set -Eeuo pipefail

# What it was asked once, for the checks after that.
readonly ASKED=$STATE/asked/$STEP
rm -rf "$ASKED"
install -d -m 0700 "$STATE/asked" "$ASKED"

# old_pgbackrest SECONDS OPTION...
old_pgbackrest() {
  runuser -u postgres -- timeout "$1" pgbackrest --stanza="$SOURCE_STANZA" --log-level-console=off \
    --log-level-stderr=error --log-level-file=off "${@:2}"
}

# pgbackrest_option NAME: what its configuration says, or its default. Help writes no log, whatever it is told.
pgbackrest_option() {
  local help
  help=$(runuser -u postgres -- timeout 5 pgbackrest --stanza="$SOURCE_STANZA" help archive-push "$1")
  { grep '^current: ' <<<"$help" || grep '^default: ' <<<"$help"; } | cut -d ' ' -f 2-
}

# ask_repositories: writes $ASKED/repositories, a line for each: key, status (0: has backups), message, archive, whether the
# cluster is this one, end and hours of its newest full backup. Each is asked by itself: one that does not answer must not
# hide the others. There is no way to ask which there are; pgBackRest refuses the keys that are not configured.
ask_repositories() {
  local key said answers='' unanswered=''
  [ ! -e "$ASKED/repositories" ] || return 0
  for key in 1 2 3 4; do
    (
      status=0
      old_pgbackrest 12 --repo="$key" --output=json info >"$ASKED/$key.json" 2>"$ASKED/$key.errors" || status=$?
      echo "$status" >"$ASKED/$key.status"
    ) &
  done
  wait
  for key in 1 2 3 4; do
    # What it refuses before it has read its configuration it says on standard output.
    said=$(grep -h -m 1 -oE 'ERROR: .*' "$ASKED/$key.errors" "$ASKED/$key.json" | sed -n '1s/^ERROR: //p') || said=''
    case $(cat "$ASKED/$key.status"),$said in
      0,*) answers+="${answers:+,}\"$key\":$(cat "$ASKED/$key.json")" ;;
      32,*"for 'repo' option"*) ;;
      124,*) unanswered+="$key${SEPARATOR}99${SEPARATOR}no answer within 12 s"$'\n' ;;
      *) unanswered+="$key${SEPARATOR}99$SEPARATOR${said:-no message}"$'\n' ;;
    esac
  done
  printf '{%s}' "$answers" >"$ASKED/answers.json"
  check_psql 10 --tuples-only --no-align --field-separator="$SEPARATOR" --file=- \
    <"$SQL/preflight/archiving/repositories.sql" 9<"$ASKED/answers.json" >"$ASKED/answered"
  printf '%s' "$unanswered" >>"$ASKED/answered"
  mv "$ASKED/answered" "$ASKED/repositories"
}
