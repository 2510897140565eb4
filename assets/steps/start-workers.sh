#!/bin/bash
# Starts TimescaleDB's background workers on the target, sees the scheduler at work, and waits until every job that is due has
# run with success. After a cutover the jobs, which were taken off the schedule on the source, go back on it, and start next
# when they would have there. On a rehearsal's copy TimescaleDB's own policies run at once, and the application's jobs not at all
# but for those that RunJobs names.
set -Eeuo pipefail

readonly RUN_JOBS=${SSM_RunJobs-}
# There once this run has scheduled the jobs, and the marker that said so is gone.
readonly OF_CUTOVER=$STATE/jobs-scheduled

# jobs STATE: the jobs in that state, one a line.
jobs() {
  target_psql "$DATABASE" --tuples-only --no-align --set=state="$1" \
    --set=failing_on_source="$(source_field '.jobsFailing | tojson')" --file=- <"$SQL/job-states.sql"
}

scheduler_runs() {
  [ "$(target_psql "$DATABASE" --tuples-only --no-align --file=- <"$SQL/recover/scheduler.sql")" = t ]
}

schedule_jobs() {
  case $(standing phase) in
    '')
      [ ! -e "$OF_CUTOVER" ] || return 0
      attempt jobs-not-scheduled "The copy's jobs could not be chosen" "Read the message, then call this step again." \
        target_psql "$DATABASE" --tuples-only --no-align --set=run_jobs="$RUN_JOBS" --file=- <"$SQL/rehearsed-jobs.sql" >>"$STATE/held-jobs"
      [ ! -s "$STATE/held-jobs" ] || say "Not run, because a rehearsal acts nowhere but on the copy (--run-jobs runs them): $(paste -sd ';' "$STATE/held-jobs" | sed 's/;/; /g')."
      ;;
    open)
      touch "$OF_CUTOVER"
      attempt jobs-not-scheduled "The jobs could not be put back on the schedule" "Read the message, then call this step again." \
        fence_sql "open schedule-jobs" --set=phase= --set=jobs=scheduled >&2
      ;;
    *)
      fail target-closed "The target's database is closed by the fence of run $(standing run)." \
        "A source that is fenced gives a closed copy: reopen it (cutover reopen), and run again."
      ;;
  esac
}

# A second call finds them off the schedule.
touch "$STATE/held-jobs"
read_standing
schedule_jobs
DETAILS="\"heldJobs\":$(jq --raw-input --null-input --compact-output '[inputs]' "$STATE/held-jobs")"
if [ -z "$(source_field .versions.timescaledb)" ]; then succeed '"jobs":0'; fi
limit=$JOBS_SECONDS
if [ -e "$OF_CUTOVER" ]; then limit=$CUTOVER_JOBS_SECONDS; fi
start_workers
for ((wait = 0; wait < limit; wait += 2)); do
  failed=$(jobs failed)
  if [ -n "$failed" ]; then
    fail job-failed "On the target a job fails that does not fail on the source: ${failed//$'\n'/; }." \
      "Read timescaledb_information.job_errors on the target, and mend the cause."
  fi
  waiting=$(jobs waiting)
  if scheduler_runs; then
    [ -n "$waiting" ] || break
  else
    waiting="${waiting:-all of them: the scheduler does not run}"
  fi
  # 2.18.2 at times leaves its scheduler stopped after a restore: asked again, it starts.
  if [ "$wait" = 20 ]; then start_workers; fi
  sleep 2
done
if [ -n "$waiting" ]; then
  fail jobs-idle "After $limit s jobs have not run on the target: ${waiting//$'\n'/; }." \
    "A job that takes longer: give it more time (cutover.jobsSeconds). Else look for the scheduler in pg_stat_activity, and whether timescaledb.max_background_workers and max_worker_processes leave room for it."
fi
known=$(jobs failing-as-on-source)
if [ -n "$known" ]; then say "These jobs fail, as they do on the source: $known"; fi
succeed "\"jobsSucceeded\":$(jobs succeeded | grep -c . || :),\"jobsNotDue\":$(jobs not-due | grep -c . || :),\"jobsNotRun\":$(grep -c . "$STATE/held-jobs" || :),\"jobsFailingAsOnSource\":$(printf '%s' "$known" | grep -c . || :)"
