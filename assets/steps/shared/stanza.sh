#!/bin/bash
# The target's stanza in each of its repositories, asked for by pgBackRest as postgres. REPOSITORIES: their keys.
set -Eeuo pipefail

# as_stanza SECONDS COMMAND...: pgBackRest's errors go to standard error alone, and its file's log stays.
as_stanza() {
  runuser -u postgres -- timeout --kill-after=5 "$1" pgbackrest --stanza="$STANZA" --log-level-console=off --log-level-stderr=error "${@:2}"
}

# The same of a command that has nothing to say but errors: what pgBackRest refuses before it has read its configuration
# goes to standard output.
tell_stanza() {
  as_stanza "$@" >&2
}

# What one repository says of the stanza. Its system-id has 64 bits, which jq would round: it is quoted first.
# shellcheck disable=SC2016 # jq's own variable
readonly OF_REPOSITORY='.[0] | {
  status: (.repo[] | select(.key == $repo).status),
  systemId: ([.db[] | select(."repo-key" == $repo)] | max_by(.id)."system-id"),
  backups: [.backup[] | select(.database."repo-key" == $repo and (.error | not))]
}'

# stanza_info KEY FILTER: a jq filter over that. info exits with 0 for nearly everything.
stanza_info() {
  as_stanza "$INFO_SECONDS" --repo="$1" --output=json --log-level-file=off info | sed -E 's/"system-id":([0-9]+)/"system-id":"\1"/g' |
    jq --raw-output --argjson repo "$1" "$OF_REPOSITORY | $2"
}

# The repository's own name in the documentation and in every message.
repository_name() {
  case $1 in
    2) printf 'repo2 (S3)' ;;
    *) printf 'repo%s (SSH)' "$1" ;;
  esac
}

# segment_is_there KEY SEGMENT: PostgreSQL and pgBackRest may both call it archived; that the repository gives it decides.
# Its listing is not asked: repo-ls can show every stanza, and the repository host's forced command refuses it.
segment_is_there() {
  local key=$1 segment=$2 folder status=0
  folder=$(runuser -u postgres -- mktemp -d) || return
  as_stanza "$INFO_SECONDS" --repo="$key" --log-level-file=off --no-archive-async archive-get "$segment" "$folder/$segment" || status=$?
  rm -r "$folder"
  return "$status"
}
