#!/bin/bash
# The application's secret, which tells the truth: the database that its current version names. The value lies in memory
# alone (/run), 0600, until the step ends; jq reads it from there.
set -Eeuo pipefail

readonly SOURCE_APPLICATION_PLACE=$SOURCE_APPLICATION_HOST:$SOURCE_APPLICATION_PORT
readonly TARGET_APPLICATION_PLACE=$TARGET_APPLICATION_HOST:$TARGET_APPLICATION_PORT
readonly CURRENT_LABEL=AWSCURRENT PREVIOUS_LABEL=AWSPREVIOUS
readonly SECRET_REMEDY="Give this host's role secretsmanager:GetSecretValue and DescribeSecret on the secret, and let HTTPS out to Secrets Manager."

install -d -m 0711 /run/timescale-cutover "/run/timescale-cutover/$RUN_ID"
# A folder for each process: what another one left that was killed, unlock removes with the run's.
SECRET_FOLDER=$(mktemp -d "/run/timescale-cutover/$RUN_ID/application.XXXXXX")
readonly SECRET_FOLDER
trap 'rm -rf "$SECRET_FOLDER"' EXIT

# hold_secret CODE: one step of the run at a time; a killed one may live on in the command that it had started.
hold_secret() {
  exec 9>"$STATE/application-secret.lock"
  flock --wait 60 9 || fail "$1" "A step of this run that was ended has been working on the secret $APPLICATION_SECRET for 60 s since." \
    "Look for its process on this host (fuser $STATE/application-secret.lock), end it, and run the step again."
}

# secrets_manager COMMAND...: bounded, so that a lost route ends in a message and not in the step's limit.
secrets_manager() {
  local status=0
  # In the step's own process group: a cancelled step is killed as a group.
  timeout --foreground --kill-after=5 40 aws secretsmanager --cli-connect-timeout 5 --cli-read-timeout 15 "$@" || status=$?
  if [ "$status" = 124 ] || [ "$status" = 137 ]; then echo 'error: Secrets Manager did not answer within 40 s' >&2; fi
  return "$status"
}

# fetch_secret OPTION VALUE: a version, by its label or id; gives false where it cannot be had. The label is always named:
# without one AWS means the current version, and a double of AWS may mean another.
fetch_secret() {
  secrets_manager get-secret-value --secret-id "$APPLICATION_SECRET" "$@" --output json >"$SECRET_FOLDER/answer"
}

# keep_secret NAME: what fetch_secret gave, by a name: NAME.json is the value, NAME.version its version. Gives false where
# the value is no JSON object.
keep_secret() {
  jq --raw-output '.VersionId' "$SECRET_FOLDER/answer" >"$SECRET_FOLDER/$1.version"
  # jq quotes what it cannot read, and that is the secret: its words go nowhere.
  jq '.SecretString | fromjson | objects' "$SECRET_FOLDER/answer" >"$SECRET_FOLDER/$1.json" 2>/dev/null || : >"$SECRET_FOLDER/$1.json"
  [ -s "$SECRET_FOLDER/$1.json" ]
}

# The current version, or the end of the step.
read_secret() {
  read_version current --version-stage "$CURRENT_LABEL"
}

# read_version NAME OPTION VALUE: the version that is asked for, by a name; or the end of the step.
read_version() {
  attempt secret-unreadable "The secret $APPLICATION_SECRET (application.secretName) cannot be read" "$SECRET_REMEDY" fetch_secret "${@:2}"
  keep_secret "$1" || fail secret-not-json "The secret $APPLICATION_SECRET is no JSON object." \
    "Store it as an object with the keys host, port, dbname, username and password, which the application reads."
}

# The id of the current version, once read_secret has it.
secret_version() {
  cat "$SECRET_FOLDER/current.version"
}

# secret_key KEY [NAME]: a key that is no secret: host, port, dbname or username.
secret_key() {
  jq --raw-output --arg key "$1" '.[$key] // "" | tostring' "$SECRET_FOLDER/${2:-current}.json"
}

# place_of NAME: where that version points.
place_of() {
  printf '%s:%s' "$(secret_key host "$1")" "$(secret_key port "$1")"
}

# truth_of NAME: the side that it names.
truth_of() {
  case $(place_of "$1") in
    "$TARGET_APPLICATION_PLACE") echo target ;;
    "$SOURCE_APPLICATION_PLACE") echo source ;;
    *) echo unknown ;;
  esac
}

# The same of the current version, once read_secret has it.
secret_place() {
  place_of current
}

secret_truth() {
  truth_of current
}
