#!/bin/bash
# Makes the target's stanza in each repository, before anybody waits. One that is there must be this cluster's own: info
# shows another's as well as ever, and to upgrade it would end that cluster's archiving.
set -Eeuo pipefail

refuse_foreign_stanza() {
  local key=$1 theirs backups
  theirs=$(stanza_info "$key" .systemId)
  [ "$theirs" != "$OURS" ] || return 0
  backups=$(stanza_info "$key" '.backups | length')
  fail stanza-foreign "Stanza $STANZA in $(repository_name "$key") belongs to the cluster $theirs, with $backups backups; the target's cluster is $OURS." \
    "Give the target a stanza of its own (repository.pgbackrest.stanza) and deploy; or, if nobody wants that one any more, have its owner remove it by pgbackrest --stanza=$STANZA --repo=$key stanza-delete. Never upgrade it: that ends the archiving of the cluster it belongs to."
}

OURS=$(target_psql postgres --tuples-only --no-align --command='SELECT system_identifier FROM pg_control_system()')
missing=''
for key in $REPOSITORIES; do
  said=$(stanza_info "$key" '"\(.status.code) \(.status.message | split("\n")[0])"' 2>"$ERRORS") || said="- no answer within $INFO_SECONDS s, or none that can be read: $(first_error)"
  case ${said%% *} in
    0 | 2) refuse_foreign_stanza "$key" ;;
    1 | 3) missing+="${missing:+ and }$(repository_name "$key")" ;;
    *)
      fail repository-silent "$(repository_name "$key") says of stanza $STANZA: ${said#* }." \
        "Mend that, then start a new run: without it nothing of the target could be recovered. cutover check tells more." ;;
  esac
done
if [ -n "$missing" ]; then
  say "Making stanza $STANZA in $missing."
  attempt stanza-not-made "Stanza $STANZA could not be made in $missing" "Read the message and $LOG_PATH/$STANZA-stanza-create.log on the target." \
    tell_stanza 60 stanza-create
fi
succeed "\"stanza\":\"$STANZA\",\"systemIdentifier\":\"$OURS\",\"made\":$(json_string "$missing")"
