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

# note KEY JSON: one more member of boot.json.
note() {
  NOTES+=",\"$1\":$2"
}

# begin STEP: what goes wrong from here on is this step's.
begin() {
  finish_step
  STEP=$1 BEGAN=$SECONDS
}

finish_step() {
  [ "$STEP" = start ] || STEPS+="${STEPS:+,}{\"name\":\"$STEP\",\"seconds\":$((SECONDS - BEGAN))}"
}

# succeed: ends the boot.
succeed() {
  trap - ERR
  finish_step
  conclude SUCCESS 'The host is ready for the runbook.' '"status":"succeeded"'
  say succeeded
  exit 0
}

# fail CODE MESSAGE REMEDY: ends the boot with the cause and what to do about it.
fail() {
  trap - ERR
  local line="FAILED at $STEP [$1] $2 $3"
  say "$line"
  : >"$FILES/failed"
  conclude FAILURE "$line" "\"status\":\"failed\",\"step\":\"$STEP\",\"code\":\"$1\",\"message\":$(json_string "$2"),\"remedy\":$(json_string "$3")"
  exit 1
}

# conclude STATUS REASON MEMBERS: boot.json is there whole or not at all, and then is told to whom it concerns.
conclude() {
  printf '{%s,"bootId":"%s","finishedAt":"%s","steps":[%s]%s}\n' "$3" "$(cat /proc/sys/kernel/random/boot_id)" \
    "$(date -u +%FT%TZ)" "$STEPS" "$NOTES" >"$RESULT.new"
  mv "$RESULT.new" "$RESULT"
  log_result || say "boot.json could not be sent to the log group $LOG_GROUP: $(first_error)."
  signal "$1" "$2" || say "CloudFormation could not be told: $(first_error)."
}

# A deployment that was begun again after a failed boot waits anew. Twelve hours is the longest that one may wait, and
# the address expires: then the boot says nothing more.
signal() {
  if [ -z "$SIGNAL_URL" ] || [ -n "$(find "$STATE/signalled" -mmin +720 2>/dev/null)" ]; then return 0; fi
  curl --silent --show-error --fail --max-time 30 --retry 3 --request PUT --header 'Content-Type:' \
    --data "{\"Status\":\"$1\",\"Reason\":$(json_string "$2"),\"UniqueId\":\"$(date +%s)\",\"Data\":\"$VOLUME_ID\"}" \
    "$SIGNAL_URL" >/dev/null 2>"$ERRORS" || return
  [ -e "$STATE/signalled" ] || : >"$STATE/signalled"
}

# One stream for each boot of each machine; it outlives the host.
log_result() {
  command -v aws >/dev/null || return 0
  local stream
  stream=boot-$(date -u +%Y%m%dT%H%M%SZ)-$(cut -c1-8 /proc/sys/kernel/random/boot_id)
  aws_bounded logs create-log-stream --log-group-name "$LOG_GROUP" --log-stream-name "$stream" &&
    aws_bounded logs put-log-events --log-group-name "$LOG_GROUP" --log-stream-name "$stream" \
      --log-events "[{\"timestamp\":$(date +%s000),\"message\":$(json_string "$(cat "$RESULT")")}]" >/dev/null
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

# What no check foresaw; a fail within a subshell has said it already.
on_error() {
  [ ! -e "$FILES/failed" ] || exit 1
  fail unexpected "\`$3\` ended with $1 at line $2 of /usr/local/sbin/timescale-cutover-boot." \
    'Read journalctl -u timescale-cutover-boot, mend the cause, and start that unit again.'
}

umask 022
cd /
install -d -m 0711 "$STATE"
install -d -m 0700 "$FILES"
: >"$ERRORS"
rm -f "$FILES/failed"
exec 9>"$FILES/lock"
flock --nonblock 9 || fail already-running 'Another boot is at work on this host.' 'Wait for its end: journalctl -fu timescale-cutover-boot.'
trap 'on_error $? $LINENO "$BASH_COMMAND"' ERR
