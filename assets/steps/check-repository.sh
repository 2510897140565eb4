#!/bin/bash
# Preflight's checks of the repository, made on the target. Changes nothing: no `pgbackrest check`, which switches WAL.
set -Eeuo pipefail

# What one check was told, for those after it.
readonly ASKED=$STATE/asked/$STEP

# check_psql SECONDS OPTION...: the server ends a check's query too when the check's time is over.
check_psql() {
  local SESSION_OPTIONS="-c statement_timeout=${1}s"
  shift
  target_psql postgres "$@"
}

as_postgres() {
  runuser -u postgres -- "$@"
}

# repository_ssh COMMAND: the way that pgBackRest goes, with the boot's key and pinned host key, and a short patience.
repository_ssh() {
  as_postgres ssh -n -o BatchMode=yes -o ConnectTimeout=5 -o ConnectionAttempts=1 -p "$REPOSITORY_SSH_PORT" \
    "$REPOSITORY_USER@$REPOSITORY_HOST" "$1"
}

# stanza_info STANZA FILTER: a jq filter over what the SSH repository says of a stanza. info exits with 0 for nearly
# everything; its system-id has 64 bits, which jq would round.
stanza_info() {
  local kept=$ASKED/info-$1.json
  if [ ! -e "$kept" ]; then
    as_postgres timeout 12 pgbackrest --stanza="$1" --repo=3 --output=json --log-level-console=off \
      --log-level-stderr=error --log-level-file=off info >"$kept.new" || return
    sed -i -E 's/"system-id":([0-9]+)/"system-id":"\1"/g' "$kept.new"
    mv "$kept.new" "$kept"
  fi
  jq --raw-output "$2" "$kept"
}

# The SSH repository's status of a stanza: 0 backups, 1 or 3 no stanza, 2 no backup yet, 99 anything else.
stanza_status() {
  stanza_info "$1" '.[0].repo[] | select(.key == 3).status.code'
}

# The first line of what it says about that.
stanza_message() {
  stanza_info "$1" '.[0].repo[] | select(.key == 3).status.message | split("\n")[0][:240]'
}

rm -rf "$ASKED"
install -d -m 0700 "$STATE/asked" "$ASKED"
make_checks
conclude_checks
