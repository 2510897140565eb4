#!/bin/bash
# The settings that go with the database and with the roles that it needs.
set -Eeuo pipefail

check_psql 10 --tuples-only --no-align --field-separator="$SEPARATOR" --set=extra_roles="$EXTRA_ROLES" --set=omitted_roles="$OMITTED_ROLES" \
  --set=application_role="$APPLICATION_ROLE" --file=- \
  < <(cat "$SQL/needed-roles.sql" "$SQL/preflight/roles/settings.sql") >&4
