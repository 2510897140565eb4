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

SELECT format(
    -- alter_job() drops a time zone that it is not given again.
    'SELECT count(*) FROM %I.alter_job(%s, next_start => %L, timezone => %L);', n.nspname, s.job_id, s.next_start, j.timezone
)
FROM _timescaledb_internal.bgw_job_stat AS s
JOIN _timescaledb_config.bgw_job AS j ON j.id = s.job_id
JOIN pg_extension AS e ON e.extname = 'timescaledb'
JOIN pg_namespace AS n ON n.oid = e.extnamespace
-- One that is at work has none, and one that was never at work has its initial start. The Apache edition has only its own.
WHERE isfinite(s.next_start) AND current_setting('timescaledb.license') = 'timescale'
ORDER BY s.job_id;
\endif
