-- What a rehearsal lets run on the copy: TimescaleDB's own policies, which change nothing but the copy, each at once; and of the
-- application's own jobs those that run_jobs names ("all", or ids with commas). The others go off the copy's schedule, and are
-- printed: what they do elsewhere (a bill, a message) would be done in earnest.
SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'timescaledb') AS has_jobs
\gset
\if :has_jobs
SELECT format('job %s (%I.%I)', job_id, proc_schema, proc_name)
FROM timescaledb_information.jobs
WHERE
    job_id >= 1000 AND scheduled AND proc_schema <> '_timescaledb_functions'
    AND :'run_jobs' <> 'all' AND job_id::text <> ALL (string_to_array(:'run_jobs', ','))
ORDER BY job_id;

-- Not by alter_job(): that calls the function by which a job's owner has its configuration checked, as whoever alters the job.
UPDATE _timescaledb_config.bgw_job SET scheduled = FALSE
WHERE
    id >= 1000 AND scheduled AND proc_schema <> '_timescaledb_functions'
    AND :'run_jobs' <> 'all' AND id::text <> ALL (string_to_array(:'run_jobs', ','));

INSERT INTO _timescaledb_internal.bgw_job_stat (
    job_id, last_start, last_finish, next_start, last_successful_finish, last_run_success,
    total_runs, total_duration, total_duration_failures, total_successes, total_failures, total_crashes, consecutive_failures, consecutive_crashes
)
SELECT id, '-infinity', '-infinity', now(), '-infinity', TRUE, 0, '0', '0', 0, 0, 0, 0, 0
FROM _timescaledb_config.bgw_job
WHERE id >= 1000 AND scheduled
ON CONFLICT (job_id) DO UPDATE SET next_start = EXCLUDED.next_start;
\endif
