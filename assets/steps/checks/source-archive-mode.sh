#!/bin/bash
# A rollback goes back to a server whose backups must have gone on.
set -Eeuo pipefail

settings="SELECT current_setting('archive_mode'), current_setting('archive_library', true), current_setting('archive_command')"
IFS=$SEPARATOR read -r mode library command < <(check_psql 5 --tuples-only --no-align --field-separator="$SEPARATOR" --command="$settings") || :
case ${mode-} in
  on | always) ;;
  '') unmade "The source's archive_mode could not be read." ;;
  *) refuse "archive_mode is $mode at the source: since its last backup nothing of it can be recovered." "Set archive_mode = on and archive_command there, restart it, and make a full backup before the window." ;;
esac
[ -z "$library" ] || refuse "The source archives by archive_library = '$library', not by pgBackRest."
# Ways in which an archive_command swallows its failure: PostgreSQL would remove segments that are nowhere else.
case $command in
  *'|| true'* | *'||true'* | *'|| :'* | *'; true'*) refuse "archive_command calls a segment archived whatever became of it: $command" "Let it end with pgBackRest's own exit code." ;;
  *pgbackrest*archive-push*) ;;
  *) refuse "archive_command is not pgBackRest's archive-push: $command" ;;
esac
stanza=$(grep -oE -- "--stanza[= ]['\"]?[A-Za-z0-9_-]+" <<<"$command" | sed -E "s/.*[= '\"]//") || stanza=''
if [ -z "$stanza" ]; then
  warn "archive_command names no stanza: $command" "See that the configuration at the source names stanza $SOURCE_STANZA."
elif [ "$stanza" != "$SOURCE_STANZA" ]; then
  refuse "The source archives into stanza $stanza; repository.pgbackrest.sourceStanza is $SOURCE_STANZA."
fi
pass "archive_mode is $mode, and archive_command pushes into stanza $stanza."
