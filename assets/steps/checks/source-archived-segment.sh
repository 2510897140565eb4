#!/bin/bash
# What PostgreSQL was told is archived must be there: the newest such segment, looked for in each repository.
set -Eeuo pipefail

IFS=$SEPARATOR read -r segment known < <(check_psql 5 --tuples-only --no-align --field-separator="$SEPARATOR" --file=- <"$SQL/preflight/archiving/last-segment.sql") || :
[ -n "${segment-}" ] || unmade "PostgreSQL's statistics name no archived segment." "SELECT pg_switch_wal() at the source, and check again."
there='' missing='' silent=''
ask_repositories
while IFS=$SEPARATOR read -r key status message archive _; do
  found=''
  if [ -n "${archive-}" ]; then
    found=$(old_pgbackrest 10 --repo="$key" --filter="^$segment-" repo-ls "archive/$SOURCE_STANZA/$archive/${segment:0:16}")
  elif [[ $status != [0-3] ]]; then
    silent+="${silent:+; }repo$key: $message"
    continue
  fi
  if [ -n "$found" ]; then there+="${there:+ and }repo$key"; else missing+="${missing:+ and }repo$key"; fi
done <"$ASKED/repositories"
[ -z "$missing" ] || refuse "Segment $segment $known: it is not in $missing."
[ -z "$silent" ] || unmade "Segment $segment could not be looked for: $silent."
[ -n "$there" ] || unmade "pgBackRest on the source has no repository."
pass "Segment $segment is in $there."
