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
