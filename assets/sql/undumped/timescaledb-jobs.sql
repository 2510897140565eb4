-- Writes the statements that bring back what TimescaleDB does not have dumped of its jobs: its own (below 1000) as somebody
-- has changed them, and when each job is due next.
SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'timescaledb') AS has_jobs
\gset
\if :has_jobs
SELECT format(
    'UPDATE _timescaledb_config.bgw_job AS job SET (schedule_interval, max_runtime, max_retries, retry_period, scheduled, fixed_schedule, initial_start, config, timezone) = '
    '(SELECT schedule_interval, max_runtime, max_retries, retry_period, scheduled, fixed_schedule, initial_start, config, timezone '
    'FROM jsonb_populate_record(job, %L)) WHERE id = %s;',
    to_jsonb(j), j.id
)
FROM _timescaledb_config.bgw_job AS j
WHERE j.id < 1000
ORDER BY j.id;

-- Not by alter_job(): that calls the function by which a job's owner has its configuration checked, as whoever alters the job.
SELECT format(
    'INSERT INTO _timescaledb_internal.bgw_job_stat (job_id, last_start, last_finish, next_start, last_successful_finish, last_run_success, '
    'total_runs, total_duration, total_duration_failures, total_successes, total_failures, total_crashes, consecutive_failures, consecutive_crashes) '
    'VALUES (%s, ''-infinity'', ''-infinity'', %L, ''-infinity'', TRUE, 0, ''0'', ''0'', 0, 0, 0, 0, 0) '
    'ON CONFLICT (job_id) DO UPDATE SET next_start = EXCLUDED.next_start;',
    s.job_id, s.next_start
)
FROM _timescaledb_internal.bgw_job_stat AS s
-- One that is at work has none, and one that was never at work has its initial start.
WHERE isfinite(s.next_start)
ORDER BY s.job_id;
\endif
