#!/bin/bash
# What every step of the boot has. The boot runs at each start of the host, changes nothing where nothing is missing,
# and ends either succeeded or failed with one line that names the cause: in boot.json, on the console and, while it is
# new, in the answer that `cdk deploy` waits for.
set -Eeuo pipefail

# shellcheck source=/dev/null
source /etc/timescale-cutover/boot.conf
readonly STATE=/var/lib/timescale-cutover FILES=/run/timescale-cutover-boot
readonly RESULT=$STATE/boot.json ERRORS=$FILES/errors
export PATH=/usr/lib/postgresql/$MAJOR/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/snap/bin
export LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive HOME=/root AWS_PAGER=''
STEP=start STEPS='' NOTES='' CHANGED=no BEGAN=0

# To the journal and the console: the service's output goes to both.
say() {
  printf 'timescale-cutover boot: %s\n' "$*" >&2
}

# One JSON string, quoted and escaped.
json_string() {
  local text=$1
  text=${text//\\/\\\\}
  text=${text//\"/\\\"}
  text=${text//$'\n'/\\n}
  printf '"%s"' "${text//[[:cntrl:]]/ }"
}

# The AWS CLI with an end to its patience.
aws_bounded() {
  timeout 60 aws --region "$REGION" --cli-connect-timeout 10 --cli-read-timeout 20 "$@" 2>"$ERRORS"
}

# attempt CODE MESSAGE REMEDY COMMAND...: runs the command; where it fails, so does the boot, with its first error.
attempt() {
  local code=$1 message=$2 remedy=$3
  shift 3
  if "$@" 2>"$ERRORS"; then return 0; fi
  cat "$ERRORS" >&2
  fail "$code" "$message: $(first_error)." "$remedy"
}

# The first line of the last command's standard error that tells of an error.
first_error() {
  local line
  line=$(grep -m 1 -E 'ERROR|FATAL|^E:|rror:|rror \(|denied|fatal|curl:' "$ERRORS" || tail -n 1 "$ERRORS")
  line=${line%.}
  printf '%s' "${line:-no message}"
}

# write_file PATH MODE OWNER:GROUP: standard input becomes the file, and nothing is touched where it is so already.
write_file() {
  local path=$1 mode=$2 owner=$3 new=$FILES/new
  (umask 077 && cat >"$new")
  if cmp --silent "$new" "$path" && [ "$(stat -c %U:%G:%a "$path")" = "$owner:${mode#0}" ]; then return 0; fi
  install -d "$(dirname "$path")"
  # Beside the file first, so that it is there whole or not at all.
  install -m "$mode" -o "${owner%:*}" -g "${owner#*:}" "$new" "$path.timescale-cutover"
  mv "$path.timescale-cutover" "$path"
  CHANGED=yes
}

as_postgres() {
  runuser -u postgres -- env HOME="$(getent passwd postgres | cut -d: -f6)" "$@"
}

# postgres_psql DATABASE [OPTION...]: standard input to the server, over its local socket.
postgres_psql() {
  local database=$1
  shift
  as_postgres env PGAPPNAME=timescale-cutover/boot PGHOST=/var/run/postgresql PGPORT="$PORT" PGDATABASE="$database" \
    PGOPTIONS='-c client_min_messages=warning -c default_transaction_read_only=off' \
    psql --no-psqlrc --quiet --tuples-only --no-align --set=ON_ERROR_STOP=1 "$@"
}
