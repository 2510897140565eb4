-- Opens the database as it was before the fence. phase: the marker stays with this phase, or goes where it is empty.
-- jobs: off leaves them off the schedule, scheduled puts them back. marker.sql goes first, schedule-jobs.sql follows.
SELECT coalesce(jsonb_agg(job_id), '[]') AS chosen_jobs, 'true' AS scheduled
FROM jsonb_array_elements(:'prior_jobs'::jsonb) AS job_id
WHERE :'jobs' <> 'off' AND :'marker_jobs'::jsonb @> job_id
\gset
SELECT format('ALTER DATABASE %I CONNECTION LIMIT %s', current_database(), :'prior_limit')
\gexec
SELECT CASE
    WHEN :'prior_read_only' = '' THEN format('ALTER DATABASE %I RESET default_transaction_read_only', current_database())
    ELSE format('ALTER DATABASE %I SET default_transaction_read_only = %L', current_database(), :'prior_read_only')
END
\gexec
SELECT CASE
    WHEN :'phase' = '' THEN format('ALTER DATABASE %I RESET "timescale_cutover.fence"', current_database())
    ELSE format(
        'ALTER DATABASE %I SET "timescale_cutover.fence" = %L', current_database(),
        jsonb_build_object(
            'run', :'marker_run', 'execution', :'marker_execution', 'phase', :'phase', 'connectionLimit', :'prior_limit'::int, 'readOnly', :'prior_read_only', 'jobs', :'marker_jobs'::jsonb,
            'fencedAt', :'marker_fenced_at'
        )
    )
END
\gexec
