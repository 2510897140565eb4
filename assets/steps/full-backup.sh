#!/bin/bash
# The first full backup in each repository: what was archived before it helps nobody. The application does not wait for it.
# pgBackRest expires by itself at the end of each, as repoN-retention-full says.
set -Eeuo pipefail

keys=${SSM_Repository:-all}
[ "$keys" != all ] || keys=$REPOSITORIES
made=''
for key in $keys; do
  begun=$SECONDS
  say "Full backup into $(repository_name "$key")."
  attempt backup-failed "The full backup into $(repository_name "$key") failed" \
    "Mend what the message names, then on the target, as postgres: pgbackrest --stanza=$STANZA --repo=$key --type=full backup. Until then there is no way back to any moment on the target." \
    runuser -u postgres -- pgbackrest --stanza="$STANZA" --repo="$key" --type=full --log-level-console=info --log-level-stderr=error backup
  newest=$(stanza_info "$key" '.backups | map(select(.type == "full")) | max_by(.timestamp.stop)
    | {label, databaseBytes: .info.size, repositoryBytes: .info.repository.delta, stoppedAt: (.timestamp.stop | todate)} | tojson')
  made+="${made:+,}{\"repository\":$key,\"seconds\":$((SECONDS - begun)),${newest#\{}"
done
succeed "\"fullBackups\":[$made]"
