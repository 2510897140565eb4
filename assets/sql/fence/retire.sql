-- The fence stays, and its marker says from here on that the application was switched away. marker.sql goes first.
SELECT format(
    'ALTER DATABASE %I SET "timescale_cutover.fence" = %L', current_database(),
    jsonb_build_object(
        'run', :'marker_run', 'execution', :'marker_execution', 'phase', 'switched', 'connectionLimit', :'prior_limit'::int, 'readOnly', :'prior_read_only', 'jobs', :'marker_jobs'::jsonb,
        'fencedAt', :'marker_fenced_at'
    )
)
\gexec
