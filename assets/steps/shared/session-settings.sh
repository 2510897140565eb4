#!/bin/bash
# What the tool's own sessions have on either side. A session option wins over the settings of server, database and role:
# those are the users', and must steer neither what a step does nor what a dump or a digest prints (a role, array_nulls,
# quote_all_identifiers). Each of these is one that any role may set.
set -Eeuo pipefail

session_settings=(
  role=none
  statement_timeout=0
  idle_in_transaction_session_timeout=0
  idle_session_timeout=0
  row_security=off
  client_min_messages=warning
  search_path=
  'default_transaction_isolation=read\ committed'
  default_transaction_deferrable=off
  default_tablespace=
  temp_tablespaces=
  default_table_access_method=heap
  check_function_bodies=off
  timezone=UTC
  datestyle=ISO
  intervalstyle=postgres
  extra_float_digits=3
  bytea_output=hex
  xmlbinary=base64
  xmloption=content
  lc_monetary=C
  lc_numeric=C
  array_nulls=on
  quote_all_identifiers=off
  standard_conforming_strings=on
  transform_null_equals=off
)
if [ "$POSTGRESQL_MAJOR" -ge 17 ]; then session_settings+=(transaction_timeout=0); fi
readonly SESSION_SETTINGS="${session_settings[*]/#/-c }"

# What PostgreSQL converts to: UTF-8, but nothing from a database in SQL_ASCII, whose bytes are in no known encoding.
# inspect-source and inspect-target say which this run's is.
client_encoding() {
  if [ -e "$STATE/client-encoding" ]; then cat "$STATE/client-encoding"; else printf UTF8; fi
}
