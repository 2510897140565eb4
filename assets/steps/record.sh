#!/bin/bash
# Writes down what the run came to, on the target, where later runs begin with it, and in the relay. Whole or not at all.
set -Eeuo pipefail

readonly CUTOVER_RUN=${SSM_CutoverRunId-} RESULTS=$STATE/record RECORD=$KEPT/$KIND.json CUTOVER=$KEPT/cutover.json

# The results of both sides by their step: {"dump": {...}, ...}.
gather_results() {
  rm -rf -- "$RESULTS"
  install -d -m 0700 "$RESULTS"
  attempt results-unreadable "The source's results could not be read from the relay bucket $RELAY_BUCKET" \
    "Give the target's role s3:GetObject and s3:ListBucket on runs/* of the bucket, then run the step again." \
    aws s3 cp --recursive --only-show-errors "s3://$RELAY_BUCKET/runs/$RUN_ID/source/results" "$RESULTS" >&2
  find "$STATE/results" "$RESULTS" -name '*.json' -exec cat {} + | jq --slurp 'map({(.step): .}) | add // {}' >"$STATE/gathered.json"
}

# compose FILTER [OPTION...]: the record from the results, with what every record has.
compose() {
  local filter=$1
  shift
  jq --compact-output --arg kind "$KIND" --arg run "$RUN_ID" --arg cutover "$CUTOVER_RUN" --arg now "$(date -u +%FT%TZ)" \
    --arg environment "$ENVIRONMENT" --arg database "$DATABASE" --arg source "$SOURCE_IDENTITY" "$@" \
    "{kind: \$kind, run: \$run, environment: \$environment, database: \$database, source: \$source} + ($filter)" "$STATE/gathered.json"
}

# wall_seconds: what lies between the snapshot and the last job is what a cutover's outage is made of, with what each step takes
# on its way to its host and back. Nothing for a step that is run by itself, which no automation began.
wall_seconds() {
  local times began ended
  [ -n "$EXECUTION_ID" ] || return 0
  times=$(aws ssm get-automation-execution --automation-execution-id "$EXECUTION_ID" --output json \
    --query "AutomationExecution.StepExecutions[?StepName=='holdSnapshot' || StepName=='startWorkers'].[StepName, ExecutionStartTime, ExecutionEndTime]" 2>"$ERRORS") ||
    fail steps-unreadable "When this run's steps began could not be asked of Systems Manager: $(first_error)." \
      "Give the target's role ssm:GetAutomationExecution, then run the step again."
  began=$(jq --raw-output '.[] | select(.[0] == "holdSnapshot") | .[1] // empty' <<<"$times")
  ended=$(jq --raw-output '.[] | select(.[0] == "startWorkers") | .[2] // empty' <<<"$times")
  if [ -z "$began" ] || [ -z "$ended" ]; then return; fi
  began=$(date -d "$began" +%s)
  ended=$(date -d "$ended" +%s)
  echo $((ended - began + 1))
}

compose_rehearsal() {
  local wall
  wall=$(wall_seconds)
  # shellcheck disable=SC2016 # jq's own variables
  compose '
    (with_entries(select(.key | IN("lock", "inspect-source", "inspect-target") | not)) | map_values(.seconds)) as $steps
    | {outcome: "succeeded", finishedAt: $now, databaseBytes: ."inspect-source".databaseBytes,
       steps: $steps, seconds: ($wall // ([$steps[]] | add)),
       versions: {source: ."inspect-source".versions, target: ."inspect-target".versions}}' --argjson wall "${wall:-null}"
}

compose_cutover() {
  # shellcheck disable=SC2016
  compose '
    (.switch.switchedAt // $now) as $switched | ."fence-source".fencedAt as $fenced
    | {switchedAt: $switched, previousVersion: .switch.previousVersion, fencedAt: $fenced,
       outageSeconds: (try ([$switched, $fenced] | map(sub("\\.[0-9]+Z$"; "Z") | fromdateiso8601) | .[0] - .[1]) catch null),
       predictedOutageSeconds: .gate.predictedOutageSeconds, rehearsal: .gate.rehearsal, overridden: .gate.overridden,
       rows: .compare.rows, databaseBytes: .gate.databaseBytes}'
}

compose_rollback() {
  # shellcheck disable=SC2016
  compose '
    {cutoverRun: $cutover, rolledBackAt: (."switch-back".switchedAt // $now),
     writesSaved: ."save-writes".writesSaved, deletesNotSaved: ."save-writes".deletesNotSaved,
     location: ."save-writes".location, carried: (."apply-writes".status == "succeeded"),
     writesApplied: ."apply-writes".writesApplied, conflictRows: ."apply-writes".conflictRows}'
}

compose_signoff() {
  local cutover=null
  if [ -e "$CUTOVER" ]; then cutover=$(cat "$CUTOVER"); fi
  # shellcheck disable=SC2016
  compose '{cutoverRun: $cutover, signedOffAt: $now, signedOffBy: (if $by == "" or $by == "None" then null else $by end), cutover: $record, decommission: [
      "On the source \($source): DROP DATABASE \($database), once its backups are no longer wanted. It is fenced: the application cannot enter it.",
      "The stack timescale-cutover-\($environment)-runbook: documents, roles and the relay. Its log group stays.",
      "The relay bucket \($bucket): what it holds expires by itself, unless it is emptied before."
    ], untouched: ["The backups of the source: its stanza and its repository are as they were."]}' \
    --argjson record "$cutover" --arg bucket "$RELAY_BUCKET" --arg by "$(who_started)"
}

# The one who started this automation; nothing where AWS does not say.
who_started() {
  aws ssm get-automation-execution --automation-execution-id "$EXECUTION_ID" --query AutomationExecution.ExecutedBy \
    --output text 2>"$ERRORS" || say "Who started this run could not be asked: $(first_error)."
}

refuse_damaged "$CUTOVER"
gather_results
root_directory 0711 root "$KEPT"
"compose_$KIND" >"$RECORD.new"
mv "$RECORD.new" "$RECORD"
# What was rolled back is no cutover that another rollback could name.
if [ "$KIND" = rollback ] && [ -e "$CUTOVER" ]; then mv "$CUTOVER" "$KEPT/cutover-$CUTOVER_RUN-rolled-back.json"; fi
attempt relay-refused "The record is written, but could not be put in the relay bucket $RELAY_BUCKET" \
  "Give the target's role s3:PutObject on runs/* of the bucket, then run the step again." \
  aws s3 cp --only-show-errors "$RECORD" "s3://$RELAY_BUCKET/runs/$RUN_ID/target/$KIND.json"
succeed "\"record\":$(cat "$RECORD")"
