#!/bin/bash
# What the application's secret must be for a switch; application-secret.sh has read it.
set -Eeuo pipefail

# Refuses a secret that the application could not use, or that is not the one of this database.
check_secret() {
  local missing
  missing=$(jq --raw-output '(["host", "port", "dbname", "username", "password"]) - [to_entries[] | select((.value | type) == ("string", "number") and .value != "") | .key] | join(", ")' "$SECRET_FOLDER/current.json")
  if [ -n "$missing" ]; then
    fail secret-lacks-key "The secret $APPLICATION_SECRET lacks what the application and the switch need: $missing." \
      "Add each as a key with its value; the other keys are host, port, dbname, username, password."
  fi
  if [ "$(secret_key username)" != "$APPLICATION_ROLE" ]; then
    fail secret-other-role "The secret $APPLICATION_SECRET has the username $(secret_key username); application.roleName is $APPLICATION_ROLE." \
      "Name the application's own secret (application.secretName), or correct application.roleName."
  fi
  if [ "$(secret_key dbname)" != "$DATABASE" ]; then
    fail secret-other-database "The secret $APPLICATION_SECRET has the dbname $(secret_key dbname); database.name is $DATABASE." \
      "Name the secret of this database's application (application.secretName), or correct database.name."
  fi
}

# What the source is called wherever it stands: its name or address, and the addresses that the name has here.
source_names() {
  {
    printf '%s\n' "$SOURCE_APPLICATION_HOST"
    getent ahosts "$SOURCE_APPLICATION_HOST" | cut -d ' ' -f 1
  } | sort -u | jq --raw-input --slurp --compact-output 'split("\n") | map(select(. != ""))'
}

# A name as it stands in a text: not as a part of another name or address.
# shellcheck disable=SC2016 # jq's own variables
readonly NAMED='def pattern: "(?<![0-9A-Za-z.-])" + gsub("(?<c>[.\\[\\]])"; "\\\(.c)") + "(?![0-9A-Za-z-]|[.][0-9A-Za-z])";'

# The keys that name the source beside host, and that application.rewrittenSecretKeys does not declare.
undeclared_keys() {
  # shellcheck disable=SC2016
  jq --raw-output --argjson names "$(source_names)" --argjson declared "$REWRITTEN_SECRET_KEYS" "$NAMED"'
    [paths(strings) as $path | select($path[0] != "host" and ($declared | index($path[0]) | not))
      | getpath($path) as $text | select(any($names[]; . as $name | $text | test($name | pattern; "i"))) | $path[0]]
    | unique | join(", ")' "$SECRET_FOLDER/current.json"
}

# The secret would go on naming the source after a switch of host and port alone.
refuse_undeclared_keys() {
  local keys
  keys=$(undeclared_keys)
  [ -z "$keys" ] || fail secret-names-source "Beside host the secret $APPLICATION_SECRET names the source ($SOURCE_APPLICATION_HOST, or an address of it) in: $keys. After the switch an application that reads these would still go there. Nothing was changed." \
    "Declare the keys whose text the switch shall rewrite (application.rewrittenSecretKeys), or take the source's name out of them."
}

# The secret as it is to be after the switch: host and port, and in the declared keys every mention of the source.
switched_secret() {
  # shellcheck disable=SC2016
  jq --compact-output --join-output --arg host "$TARGET_APPLICATION_HOST" --arg port "$TARGET_APPLICATION_PORT" \
    --arg from_port "$SOURCE_APPLICATION_PORT" --argjson names "$(source_names)" --argjson declared "$REWRITTEN_SECRET_KEYS" "$NAMED"'
    def rewritten: reduce $names[] as $name (.;
      gsub(($name | pattern) + ":" + $from_port + "(?![0-9])"; $host + ":" + $port; "i") | gsub($name | pattern; $host; "i"));
    .host = $host | .port |= (if type == "number" then ($port | tonumber) else $port end)
    | reduce ($declared[] as $key | select(has($key)) | $key) as $key (.; (.[$key] | .. | strings) |= rewritten)' \
    "$SECRET_FOLDER/current.json"
}

# The switch starts from the source, and from nothing else.
refuse_unless_source() {
  case $(secret_truth) in
    source) ;;
    target)
      fail secret-not-source "The secret $APPLICATION_SECRET has been switched already: it points at the target, $TARGET_APPLICATION_PLACE." \
        "Go back by cutover rollback, or make the move final by cutover signoff; there is nothing to switch."
      ;;
    *)
      fail secret-not-source "The secret $APPLICATION_SECRET points at $(secret_place); the source is $SOURCE_APPLICATION_PLACE (application.sourceHost, sourcePort)." \
        "Name the application's own secret (application.secretName), or correct application.sourceHost and sourcePort."
      ;;
  esac
}
