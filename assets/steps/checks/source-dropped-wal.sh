#!/bin/bash
# PostgreSQL, info, check and verify all look well after a drop: only pgBackRest's own words tell.
set -Eeuo pipefail

logs=$(pgbackrest_option log-path)
spool=$(pgbackrest_option spool-path)
[ -d "$logs" ] || unmade "There is no folder $logs, which pgBackRest's log-path names."
find "$logs" -name "$SOURCE_STANZA-archive-push*.log*" >"$ASKED/logs"
# Lines begin with the local time. zgrep ends with 1 where it finds none.
: >"$ASKED/dropped"
while read -r log; do
  zgrep -h 'WARN: dropped WAL file' "$log" >>"$ASKED/dropped" || [ "$?" = 1 ]
done <"$ASKED/logs"
if [ -d "$spool/archive/$SOURCE_STANZA/out" ]; then
  acknowledged=$(find "$spool/archive/$SOURCE_STANZA/out" -name '*.ok' -size +0 -exec grep -l 'dropped WAL file' {} + | wc -l)
fi
drops=$(wc -l <"$ASKED/dropped")
if [ "$drops" = 0 ] && [ "${acknowledged:-0}" = 0 ]; then
  case $(pgbackrest_option log-level-file) in
    off | error) warn "pgBackRest at the source keeps no warnings (log-level-file): whether it dropped WAL cannot be seen." "Set log-level-file to warn or more." ;;
  esac
  pass "pgBackRest's logs at the source tell of no dropped WAL."
fi
newest=$(sort "$ASKED/dropped" | tail -n 1 | cut -c 1-19)
ask_repositories
backup=$(cut -d "$SEPARATOR" -f 6 "$ASKED/repositories" | sort -n | tail -n 1)
if [ -n "$newest" ] && [ -n "$backup" ] && [ "$(date -d "$newest" +%s)" -lt "$backup" ]; then
  warn "pgBackRest dropped WAL at the source $drops times, last at $newest, before the newest full backup: none earlier can be recovered to later." \
    "Nothing for the window; see why the repository did not answer then."
fi
refuse "pgBackRest dropped WAL at the source, $drops times by its logs${newest:+, last at $newest}, and no full backup was made since: recovery ends there."
