-- Closes the database to all but superusers, lets the sessions of those who get in all the same only read, unless they say
-- otherwise, takes its jobs off the schedule, and leaves the marker that says how it was, all in one transaction. The marker of
-- an earlier run is taken over with what it knows. marker.sql goes first, schedule-jobs.sql follows.
SELECT :'prior_jobs' AS chosen_jobs, 'false' AS scheduled
\gset
SELECT format('ALTER DATABASE %I CONNECTION LIMIT 0', current_database())
\gexec
SELECT format('ALTER DATABASE %I SET default_transaction_read_only = on', current_database())
\gexec
SELECT format(
    'ALTER DATABASE %I SET "timescale_cutover.fence" = %L', current_database(),
    jsonb_build_object(
        'run', :'run', 'execution', :'execution', 'phase', 'fenced', 'connectionLimit', :'prior_limit'::int, 'readOnly', :'prior_read_only', 'jobs', :'prior_jobs'::jsonb,
        'fencedAt', CASE
            WHEN :'marker_run' = :'run' THEN :'marker_fenced_at'
            ELSE to_char(clock_timestamp(), 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
        END
    )
)
\gexec
