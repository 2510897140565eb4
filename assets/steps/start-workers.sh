#!/bin/bash
# Starts TimescaleDB's background workers on the target, and waits until every scheduled job has run with success. After a
# cutover they were taken off the schedule on the source: they go back on it, and each has to run once, due or not.
set -Eeuo pipefail

# There once this run has scheduled the jobs, and the marker that said so is gone.
readonly EVERY_JOB=$STATE/every-job

# jobs STATE: the jobs in that state, one a line.
jobs() {
  target_psql "$DATABASE" --tuples-only --no-align --set=state="$1" --set=every_job="$every_job" \
    --set=failing_on_source="$(source_field '.jobsFailing | tojson')" --file=- <"$SQL/job-states.sql"
}

schedule_jobs() {
  case $(standing phase) in
    '') ;;
    open)
      touch "$EVERY_JOB"
      attempt jobs-not-scheduled "The jobs could not be put back on the schedule" "Read the message, then call this step again." \
        fence_sql open --set=phase= --set=jobs=now >&2
      ;;
    *)
      fail target-closed "The target's database is closed by the fence of run $(standing run)." \
        "A source that is fenced gives a closed copy: reopen it (cutover reopen), and run again."
      ;;
  esac
}

read_standing
schedule_jobs
if [ -z "$(source_field .versions.timescaledb)" ]; then succeed '"jobs":0'; fi
every_job=false limit=$JOBS_SECONDS
if [ -e "$EVERY_JOB" ]; then every_job=true limit=$CUTOVER_JOBS_SECONDS; fi
start_workers
for ((wait = 0; wait < limit; wait += 2)); do
  failed=$(jobs failed)
  if [ -n "$failed" ]; then
    fail job-failed "On the target a job fails that does not fail on the source: ${failed//$'\n'/; }." \
      "Read timescaledb_information.job_errors on the target, and mend the cause."
  fi
  waiting=$(jobs waiting)
  [ -n "$waiting" ] || break
  # 2.18.2 at times leaves its scheduler stopped after a restore: asked again, it starts.
  if [ "$wait" = 20 ]; then start_workers; fi
  sleep 2
done
if [ -n "$waiting" ]; then
  fail jobs-idle "After $limit s jobs have not run on the target: ${waiting//$'\n'/; }." \
    "Look for the scheduler in pg_stat_activity, and whether timescaledb.max_background_workers and max_worker_processes leave room for it."
fi
known=$(jobs failing-as-on-source)
if [ -n "$known" ]; then say "These jobs fail, as they do on the source: $known"; fi
succeed "\"jobsSucceeded\":$(jobs succeeded | grep -c . || :),\"jobsFailingAsOnSource\":$(printf '%s' "$known" | grep -c . || :)"
