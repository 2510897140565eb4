#!/bin/bash
# info calls a foreign stanza ok, since it never compares: the system identifiers do, as texts.
set -Eeuo pipefail

status=$(stanza_status "$STANZA")
case $status in
  1 | 3) pass "The repository has no stanza $STANZA yet: the cutover's activation makes it." ;;
  0 | 2) ;;
  *) unmade "pgBackRest says of stanza $STANZA: $(stanza_message "$STANZA")." ;;
esac
ours=$(check_psql 5 --tuples-only --no-align --command='SELECT system_identifier FROM pg_control_system()')
theirs=$(stanza_info "$STANZA" '[.[0].db[] | select(."repo-key" == 3)] | max_by(.id)."system-id"')
backups=$(stanza_info "$STANZA" '[.[0].backup[] | select(.database."repo-key" == 3)] | length')
if [ "$theirs" != "$ours" ]; then
  refuse "Stanza $STANZA belongs to the cluster $theirs ($backups backups); the target's cluster is $ours."
fi
pass "Stanza $STANZA is this cluster's ($ours), with $backups backups."
