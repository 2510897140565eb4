-- The beginning of a statement, which the file that follows ends: who else is in this database, a row each. A parallel
-- worker goes with its leader, and autovacuum changes no row. is_late: at work since before the fence.
WITH session AS (
    SELECT
        a.pid,
        coalesce(r.rolsuper, FALSE) AS is_superuser,
        -- A stranger may call itself anything; it is ours only where it may do anything. The target's own metrics are read
        -- in every database, once a minute.
        coalesce(
            r.rolsuper AND (starts_with(a.application_name, 'timescale-cutover/') OR a.application_name = 'timescale-cutover-metrics'), FALSE
        ) AS is_ours,
        a.backend_xid IS NOT NULL AS writes,
        -- A job's worker has the job's name, which its owner may have chosen, and is its owner's.
        a.backend_type = 'TimescaleDB Background Worker Scheduler' AND a.usesysid = 10 AS is_scheduler,
        :'job_names'::jsonb ? a.backend_type AS is_job,
        CASE
            WHEN :'job_names'::jsonb ? a.backend_type THEN TRUE
            WHEN a.state = 'idle' THEN FALSE
            -- Where track_activities is off, only what a transaction holds tells of it.
            WHEN a.xact_start IS NULL THEN a.backend_xid IS NOT NULL OR a.backend_xmin IS NOT NULL
            ELSE a.xact_start <= nullif(:'marker_fenced_at', '')::timestamptz
        END AS is_late,
        format('pid %s %s (%s)', a.pid, a.usename, coalesce(nullif(a.application_name, ''), a.backend_type)) AS name,
        CASE
            WHEN :'job_names'::jsonb ? a.backend_type THEN format('job %s of %s', a.backend_type, a.usename)
            -- Without what stands in quotes: values are nobody's business here.
            ELSE left(regexp_replace(regexp_replace(a.query, '''[^'']*(''|$)|\$\w*\$.*', '''...''', 'g'), '\s+', ' ', 'g'), 80)
        END AS work,
        extract(EPOCH FROM clock_timestamp() - coalesce(a.xact_start, a.backend_start))::int AS seconds
    FROM pg_stat_activity AS a
    LEFT JOIN pg_roles AS r ON r.oid = a.usesysid
    WHERE
        a.datname = current_database() AND a.pid <> pg_backend_pid()
        AND a.backend_type NOT IN ('autovacuum worker', 'parallel worker')
)
