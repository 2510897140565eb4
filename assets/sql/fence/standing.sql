-- How the side stands: name=value lines. marker.sql goes first.
WITH fact (name, value) AS (
    VALUES
    ('recovery', pg_is_in_recovery()::text),
    ('superuser', (SELECT rolsuper::text FROM pg_roles WHERE rolname = current_user)),
    -- Which cluster, and on which timeline: the latter changes when a standby is promoted.
    ('primary', CASE
        WHEN NOT pg_is_in_recovery()
            THEN format(
                'system %s on timeline %s',
                (SELECT system_identifier FROM pg_control_system()), ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::int
            )
    END),
    ('connectionLimit', (SELECT datconnlimit::text FROM pg_database WHERE datname = current_database())),
    ('priorLimit', :'prior_limit'),
    ('priorJobs', :'prior_jobs'),
    ('run', nullif(:'marker_run', '')),
    ('execution', nullif(:'marker_execution', '')),
    ('phase', nullif(:'marker_phase', '')),
    ('fencedAt', nullif(:'marker_fenced_at', '')),
    -- Who can log in: all that the fence holds out.
    ('roles', (
        SELECT coalesce(json_agg(rolname ORDER BY rolname), '[]')::text
        FROM pg_roles
        WHERE rolcanlogin AND NOT rolsuper AND has_database_privilege(oid, current_database(), 'CONNECT')
    )),
    ('restoring', coalesce(current_setting('timescaledb.restoring', TRUE), 'off')),
    -- What opens the database by hand, for whoever has to do it where this tool does not reach.
    ('byHand', format(
        'SET default_transaction_read_only = off; ALTER DATABASE %1$I CONNECTION LIMIT %2$s; %4$s; %3$sALTER DATABASE %1$I RESET "timescale_cutover.fence";', current_database(),
        :'prior_limit',
        CASE WHEN :'prior_jobs' <> '[]' THEN format(
            'UPDATE _timescaledb_config.bgw_job SET scheduled = true WHERE id = ANY (ARRAY%s); SELECT _timescaledb_functions.start_background_workers(); ',
            :'prior_jobs'
        ) END,
        CASE
            WHEN :'prior_read_only' = '' THEN format('ALTER DATABASE %I RESET default_transaction_read_only', current_database())
            ELSE format('ALTER DATABASE %I SET default_transaction_read_only = %L', current_database(), :'prior_read_only')
        END
    ))
)

SELECT name || '=' || replace(value, E'\n', ' ')
FROM fact
WHERE value IS NOT NULL;
