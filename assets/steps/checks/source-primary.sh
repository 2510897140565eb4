#!/bin/bash
# A standby exports no snapshot and takes no fence. Patroni may make this server one at any time, unless it is paused.
set -Eeuo pipefail

facts=$(check_psql 10 --tuples-only --no-align --field-separator=' ' --command="SELECT pg_is_in_recovery(), EXISTS (SELECT FROM pg_settings WHERE sourcefile LIKE '%/postgresql.base.conf')")
read -r recovery configured <<<"$facts"
[ "$recovery" = f ] || refuse "The source at $SOURCE_HOST is a standby: it exports no snapshot, and nothing can be closed on it." "Name the primary (with Patroni: the leader)."

# patroni_places: where Patroni's REST API may listen on this host: by its process, or its usual port.
patroni_places() {
  if [ -n "$processes" ] && command -v ss >/dev/null; then
    ss -Hltnp | grep -E "pid=(${processes//$'\n'/|})," | awk '{ print $4 }' | sed -E 's/^(\*|0\.0\.0\.0|\[::\]):/127.0.0.1:/; s/%[^]:]*//' || :
  fi
  printf '127.0.0.1:8008\n'
}

answer=''
if [ "$SOURCE_KIND" = managed ]; then
  processes=$(pgrep -f '(^|[/ ])patroni( |$)') || processes=''
  for place in $(patroni_places | sort -u); do
    for scheme in http https; do
      answer=$(curl --silent --insecure --max-time 3 "$scheme://$place/patroni" | tr -d '\n ' | grep '"patroni":') || continue
      break 2
    done
  done
  [ -n "$answer$processes" ] || [ "$configured" = t ] || pass "The source is no standby, and its host has no Patroni."
elif [ "$configured" = f ]; then
  pass "The source is no standby."
fi

if [ -z "$answer" ]; then
  warn "The source is no standby; Patroni manages it, and whether it is paused cannot be seen from the dump host."
fi
role=$(sed -E 's/.*"role":"([a-z_]*)".*/\1/' <<<"$answer")
case $role in
  primary | master | leader) ;;
  *) refuse "Patroni calls this server $role, not the leader." "Name the leader: patronictl list shows it." ;;
esac
if [[ $answer == *'"pause":true'* ]]; then
  pass "The source leads its Patroni cluster, which is paused."
fi
warn "The source leads its Patroni cluster, which is not paused: a failover in the window stops the run."
