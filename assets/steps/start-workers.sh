#!/bin/bash
# Starts TimescaleDB's background workers on the target, and waits until every scheduled job has run with success.
set -Eeuo pipefail

# jobs STATE: the jobs in that state, one a line.
jobs() {
  target_psql "$DATABASE" --tuples-only --no-align --set=state="$1" --set=failing_on_source="$(source_field '.jobsFailing | tojson')" \
    --file=- <"$SQL/job-states.sql"
}

if [ -z "$(source_field .versions.timescaledb)" ]; then succeed '"jobs":0'; fi
target_psql "$DATABASE" --file=- <"$SQL/start-workers.sql" >&2
for ((wait = 0; wait < JOBS_SECONDS; wait += 2)); do
  failed=$(jobs failed)
  if [ -n "$failed" ]; then
    fail job-failed "On the target a job fails that does not fail on the source: ${failed//$'\n'/; }." \
      "Read timescaledb_information.job_errors on the target, and mend the cause."
  fi
  waiting=$(jobs waiting)
  [ -n "$waiting" ] || break
  # 2.18.2 at times leaves its scheduler stopped after a restore: asked again, it starts.
  if [ "$wait" = 20 ]; then target_psql "$DATABASE" --file=- <"$SQL/start-workers.sql" >&2; fi
  sleep 2
done
if [ -n "$waiting" ]; then
  fail jobs-idle "After $JOBS_SECONDS s jobs have not run on the target: ${waiting//$'\n'/; }." \
    "Look for the scheduler in pg_stat_activity, and whether timescaledb.max_background_workers and max_worker_processes leave room for it."
fi
known=$(jobs failing-as-on-source)
if [ -n "$known" ]; then say "These jobs fail, as they do on the source: $known"; fi
succeed "\"jobsSucceeded\":$(jobs succeeded | grep -c . || :),\"jobsFailingAsOnSource\":$(printf '%s' "$known" | grep -c . || :)"
