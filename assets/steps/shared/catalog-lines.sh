#!/bin/bash
# The catalog as lines, and where each sequence stands, into the folder FINGERPRINT. The step says how its database is reached
# (side_psql, and plain_psql for a session that sets nothing of its own) and how a transaction that reads begins (begin), which
# ROLES to look at, which settings of the server the database got as its own
# (CARRIED_SETTINGS, both JSON arrays of names), and the SALT of digests of what may be secret: of a bare digest a guess can be
# proved.
set -Eeuo pipefail

take_catalog() {
  local sessions_begin_with catalog=(database session-settings roles relations columns constraints functions types other-objects extension-members owners comments)
  sessions_begin_with=$(plain_psql --tuples-only --no-align --file=- <"$SQL/session-settings.sql")
  if may "EXISTS (SELECT FROM pg_extension WHERE extname = 'timescaledb')"; then catalog+=(timescaledb); fi
  if may "has_table_privilege('pg_authid', 'SELECT')"; then catalog+=(role-passwords); fi
  if may "has_table_privilege('pg_subscription', 'SELECT')"; then catalog+=(subscriptions); fi
  run_catalog_queries "${catalog[@]}" >"$FINGERPRINT/catalog"
  run_catalog_queries privileges >"$FINGERPRINT/privileges"
  run_catalog_queries sequences >"$FINGERPRINT/sequences"
}

may() {
  [ "$(side_psql --tuples-only --no-align --command="SELECT $1")" = t ]
}

# run_catalog_queries NAME...: in one session.
run_catalog_queries() {
  local files=("${@/#/$SQL/fingerprint/}")
  { printf "\\set salt '%s'\n" "$SALT"; begin; cat "$SQL/needed-roles.sql"; copied "${files[@]/%/.sql}"; } |
    side_psql --set=decided_roles="$ROLES" \
      --set=session_settings="$sessions_begin_with" --set=carried_settings="$CARRIED_SETTINGS" --file=-
}
