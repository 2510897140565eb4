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

SELECT format(
    -- alter_job() drops a time zone that it is not given again.
    'SELECT FROM %I.alter_job(%s, timezone => %L, %s)', n.nspname, j.job_id, c.timezone,
    CASE
        WHEN j.proc_schema = '_timescaledb_functions' OR :'run_jobs' = 'all' OR j.job_id::text = ANY (string_to_array(:'run_jobs', ','))
            THEN 'next_start => now()'
        ELSE 'scheduled => FALSE'
    END
)
FROM timescaledb_information.jobs AS j
JOIN _timescaledb_config.bgw_job AS c ON c.id = j.job_id
JOIN pg_extension AS e ON e.extname = 'timescaledb'
JOIN pg_namespace AS n ON n.oid = e.extnamespace
WHERE j.job_id >= 1000 AND j.scheduled
\gexec
\endif
