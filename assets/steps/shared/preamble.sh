#!/bin/bash
# What every step has: a folder for its run, one JSON line at its end, and errors that name the cause and the remedy.
# Set above this line by synthesis: STEP, SIDE (source or target), RELAYS (now or later: when a good result goes to
# the relay; never: no result does), DATABASE, POSTGRESQL_MAJOR, RELAY_BUCKET and the step's own.
set -Eeuo pipefail

# Parameters come as environment variables (ENV_VAR), never into the script's text.
readonly RUN_ID=${SSM_RunId:?} EXECUTION_ID=${SSM_ExecutionId-} REPLACE=${SSM_Replace-}
readonly STATE_ROOT=/var/lib/timescale-cutover
# What must work on a full disk keeps its state in memory, and what the shell sets aside for itself.
if [ "${STATE_LIES_IN-disk}" = memory ]; then
  readonly STATE=/run/timescale-cutover/$RUN_ID/$STEP
  export TMPDIR=/run
else
  readonly STATE=$STATE_ROOT/$RUN_ID
fi
readonly DUMP=$DUMP_DIRECTORY/$RUN_ID
# What outlives an instance that is replaced: on the data volume.
readonly KEPT=${DATA_MOUNT:+$DATA_MOUNT/timescale-cutover}
readonly RESULT=$STATE/results/$STEP.json
readonly UNSENT=$STATE/unsent/$SIDE
readonly ERRORS=$STATE/logs/$STEP.errors
export PATH=/usr/lib/postgresql/$POSTGRESQL_MAJOR/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/snap/bin
export LC_ALL=C.UTF-8

# A message for a person, with the time, on standard error.
say() {
  printf '%s %s\n' "$(date -u +%FT%TZ)" "$*" >&2
}

# One JSON string, quoted and escaped. The source host is not ours, so it may have no jq.
json_string() {
  local text=$1
  text=${text//\\/\\\\}
  text=${text//\"/\\\"}
  text=${text//$'\n'/\\n}
  text=${text//$'\t'/\\t}
  printf '"%s"' "${text//[[:cntrl:]]/ }"
}

# Further JSON members for the result's file alone: AWS cuts a command's output short.
DETAILS=''
# Further JSON members of the result, however the step ends.
MEMBERS=''
# The result, once it is known.
PRINTED=''

# succeed [MEMBERS]: ends the step; MEMBERS are further JSON members ("a":1,"b":2) of its result.
succeed() {
  trap - ERR
  local members="\"status\":\"succeeded\",\"seconds\":$SECONDS${1:+,$1}"
  record "$members"
  if [ "$RELAYS" = now ] && ! send_results; then
    fail relay-refused "The step is done, but its result could not be put in the relay bucket $RELAY_BUCKET: $(first_error)." \
      "Give this host's role s3:PutObject on runs/*/$SIDE/* of the bucket, then run the step again."
  fi
  print_result
  exit 0
}

# fail CODE MESSAGE REMEDY: ends the step with the cause and what to do about it.
fail() {
  trap - ERR
  say "FAILED [$1] $2 $3"
  # On a full disk it cannot be kept: it is printed all the same.
  record "\"status\":\"failed\",\"code\":\"$1\",\"message\":$(json_string "$2"),\"remedy\":$(json_string "$3")" || say "The result could not be written."
  # The step has failed already: a relay that cannot be reached as well must not hide why.
  send_results || say "The result could not be put in the relay bucket: $(first_error)."
  print_result
  exit 1
}

# Two files, each whole or not there: the result as it is printed, and the same with its details.
record() {
  local start="{\"step\":\"$STEP\",\"run\":\"$RUN_ID\"${EXECUTION_ID:+,\"execution\":\"$EXECUTION_ID\"},$1${MEMBERS:+,$MEMBERS}"
  PRINTED="$start}"
  printf '%s\n' "$PRINTED" >"$RESULT.printed.new"
  mv "$RESULT.printed.new" "$RESULT.printed"
  printf '%s}\n' "$start${DETAILS:+,$DETAILS}" >"$RESULT.new"
  mv "$RESULT.new" "$RESULT"
  [ "$RELAYS" != never ] || return 0
  install -d -m 0700 "$UNSENT"
  ln -f "$RESULT" "$UNSENT/$STEP.json"
}

# To the script's own standard output, whatever a function's was redirected to. Of a unit it is the file's.
print_result() {
  if [ -n "$PRINTED" ]; then printf '%s\n' "$PRINTED" >&3; else cat "$RESULT.printed" >&3; fi
}

# What the relay has not got yet, of this step and of those before it: each call of the AWS CLI costs the application a
# second of its outage.
send_results() {
  [ "$RELAYS" != never ] || return 0
  local unsent=("$UNSENT"/*.json)
  aws s3 cp --recursive --only-show-errors "$UNSENT" "s3://$RELAY_BUCKET/runs/$RUN_ID/$SIDE/results" 2>"$ERRORS" >&2 || return
  rm -- "${unsent[@]}"
}

# attempt CODE MESSAGE REMEDY COMMAND...: runs the command; where it fails, so does the step, with the command's first error.
attempt() {
  local code=$1 message=$2 remedy=$3
  shift 3
  if "$@" 2>"$ERRORS"; then
    show_errors
  else
    show_errors
    fail "$code" "$message: $(first_error)." "$remedy"
  fi
}

# The last command's standard error, without what no log may hold: statements, whose literals may be secrets, and rows. Each
# may go on over several lines. $ERRORS keeps them, on this host.
show_errors() {
  LC_ALL=C awk '
    /^(CONTEXT|LINE [0-9]+|QUERY|STATEMENT|Command was):/ || /^DETAIL:.*[("]/ { is_hidden = 1 }
    /^(psql|pg_restore|pg_dump|pg_dumpall):/ || /^(ERROR|FATAL|PANIC|WARNING|NOTICE|HINT):/ { is_hidden = 0 }
    ! is_hidden' "$ERRORS" >&2
}

# The first line of the last command's standard error that tells of an error, without its program's name.
first_error() {
  local line
  line=$(grep -m 1 -E 'ERROR|FATAL|PANIC|rror:|denied|fatal' "$ERRORS" || tail -n 1 "$ERRORS")
  printf '%s' "${line:-no message}"
}

# Bytes free where PATH is or, where it is not there yet, at its nearest parent.
free_bytes() {
  local path=$1
  while [ ! -d "$path" ]; do path=$(dirname "$path"); done
  df --output=avail -B1 "$path" | tail -n 1 | tr -d ' '
}

mebibytes() {
  printf '%d MiB' $(($1 / 1048576))
}

# What set -e catches and no check foresaw.
on_error() {
  local status=$1 line=$2 command=$3
  # A fail inside a command substitution has said it already.
  if [ -s "$RESULT" ] && grep -q '"status":"failed"' "$RESULT"; then
    trap - ERR
    exit 1
  fi
  if declare -F refuse_if_yielded >/dev/null; then refuse_if_yielded; fi
  # Long work writes its log to a file: the server's own words are there.
  local words=''
  if [ "${IN_UNIT:-}" = yes ]; then words=$(grep -E 'ERROR|FATAL|error:' "$STATE/logs/$STEP.log" | tail -n 1 || :); fi
  fail unexpected "\`$command\` ended with $status at line $line of the step's script${words:+: $words}." \
    "Read the step's log on this host ($STATE/logs), mend the cause, and start a new run."
}

# A run's id belongs to one execution for good. Under it stand a dump, a fingerprint and results that say "done already":
# another execution would take what they were for what is. A step that somebody runs by itself belongs to the run.
claim_run() {
  local holder=''
  [ -n "$EXECUTION_ID" ] || return 0
  printf '%s\n' "$EXECUTION_ID" >"$STATE/execution.$$"
  ln "$STATE/execution.$$" "$STATE/execution" 2>/dev/null || : # It was claimed before; by whom is seen next.
  rm "$STATE/execution.$$"
  read -r holder <"$STATE/execution" || :
  [ "$holder" != "$EXECUTION_ID" ] || return 0
  # Nothing is recorded: the results there are the other execution's.
  record() { PRINTED="{\"step\":\"$STEP\",\"run\":\"$RUN_ID\",$1}"; }
  send_results() { :; }
  fail run-id-used "The run id $RUN_ID belongs to the execution ${holder:-(damaged file $STATE/execution)}; this one is $EXECUTION_ID. Nothing was changed." \
    "Start a run with an id of its own: leave --run-id out, or give RunId a value that was never used."
}

exec 3>&1
cd /
umask 077
install -d -m 0711 "$STATE_ROOT" "$(dirname "$STATE")"
install -d -m 0700 "$STATE" "$STATE/results" "$STATE/logs"
claim_run
: >"$ERRORS"
