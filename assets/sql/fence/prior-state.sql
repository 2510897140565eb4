-- What the database is before it is closed, as JSON: enough to see it, and to open it by hand.
SELECT json_build_object(
    'run', :'run', 'database', current_database(), 'at', clock_timestamp(),
    'systemIdentifier', (SELECT system_identifier::text FROM pg_control_system()),
    'timeline', left(pg_walfile_name(pg_current_wal_lsn()), 8),
    'connectionLimit', :'prior_limit'::int, 'jobs', :'prior_jobs'::json,
    'privileges', (SELECT datacl::text FROM pg_database WHERE datname = current_database()),
    'roles', (
        SELECT coalesce(json_agg(rolname ORDER BY rolname), '[]')
        FROM pg_roles
        WHERE rolcanlogin AND NOT rolsuper AND has_database_privilege(oid, current_database(), 'CONNECT')
    ),
    'adoptedFrom', nullif(nullif(:'marker_run', ''), :'run')
);
