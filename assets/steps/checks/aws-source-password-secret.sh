#!/bin/bash
# The network source's password can be read. Its value goes through a pipe and nowhere else.
set -Eeuo pipefail

held=$(read_secret_value "$SOURCE_PASSWORD_SECRET" |
  jq --raw-input --slurp 'rtrimstr("\n") as $text | (try ($text | fromjson) catch $text) | if type == "object" then .password // "" else $text end | tostring | length' 2>/dev/null) ||
  refuse "The secret $SOURCE_PASSWORD_SECRET (source.passwordSecret) cannot be read: $(first_error)."
if [ "${held:-0}" = 0 ]; then
  refuse "The secret $SOURCE_PASSWORD_SECRET holds no password." "Store the password itself, or a JSON object with the key \"password\"."
fi
pass "The secret $SOURCE_PASSWORD_SECRET holds a password."
