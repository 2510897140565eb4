#!/bin/bash
# The operating system has the locales of the source's database and of its own collations: CREATE DATABASE asks it, as here.
set -Eeuo pipefail

encoding=$(source_field .locale.encoding)
mapfile -t locales < <(jq --raw-output '[.locale, (.collations[]? | select(.provider == "c" and .schema != "pg_catalog"))] | map(.collate, .ctype | values) | unique[]' "$SOURCE_FACTS")
[ "${#locales[@]}" -gt 0 ] || unmade "inspect-source says nothing of the source's locale."
missing=''
for locale in "${locales[@]}"; do
  perl -MPOSIX=setlocale,LC_ALL -e 'exit !defined setlocale(LC_ALL, $ARGV[0])' "$locale" 2>/dev/null || missing+="${missing:+, }$locale"
done
[ -z "$missing" ] || refuse "The target has no locale $missing, which the source's database has ($encoding)." \
  "Name it in target.locales and deploy, or run on the target: locale-gen ${missing//,/}; then restart PostgreSQL."
pass "The target has the source's locales: $(printf '%s, ' "${locales[@]}" | sed 's/, $//') ($encoding)."
