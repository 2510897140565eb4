-- TimescaleDB is loaded in the running server, not only configured; and still will be after a restart.
WITH library AS (
    SELECT
        coalesce(:'source'::json -> 'versions' ->> 'timescaledb', CASE WHEN :'source' = '{}' THEN 'unknown' END) IS NOT NULL AS is_wanted,
        -- The loader defines it; what only a file sets does not stand in pg_settings.
        EXISTS (SELECT FROM pg_settings WHERE name = 'timescaledb.max_background_workers') AS is_loaded,
        current_setting('shared_preload_libraries') AS running,
        (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'TimescaleDB Background Worker Launcher') AS launchers,
        -- Of several lines the last counts.
        coalesce(
            (SELECT setting FROM pg_file_settings WHERE name = 'shared_preload_libraries' ORDER BY seqno DESC LIMIT 1), ''
        ) AS configured
)

SELECT
    CASE
        WHEN NOT is_wanted THEN 'pass'
        WHEN NOT is_loaded OR configured !~ '\mtimescaledb\M' THEN 'fail'
        WHEN launchers = 0 THEN 'fail'
        ELSE 'pass'
    END,
    CASE
        WHEN NOT is_wanted THEN 'The source has no TimescaleDB: nothing needs to be loaded.'
        WHEN NOT is_loaded AND configured ~ '\mtimescaledb\M'
            THEN format('shared_preload_libraries is configured as %L, but the server runs with %L: TimescaleDB is not loaded.', configured, running)
        WHEN NOT is_loaded THEN format('shared_preload_libraries is %L: TimescaleDB is not loaded.', running)
        WHEN configured !~ '\mtimescaledb\M'
            THEN format('TimescaleDB is loaded, but shared_preload_libraries is configured as %L: after a restart it is not.', configured)
        WHEN launchers = 0 THEN 'TimescaleDB is loaded, but its background worker launcher does not run: no job would.'
        ELSE format('TimescaleDB is loaded (shared_preload_libraries is %L), and its launcher runs.', running)
    END,
    CASE
        WHEN is_loaded AND configured ~ '\mtimescaledb\M' AND launchers = 0
            THEN 'Raise max_worker_processes, and restart PostgreSQL; its log says why the launcher ended.'
        WHEN NOT is_loaded AND configured ~ '\mtimescaledb\M' THEN 'Restart PostgreSQL on the target.'
    END
FROM library;
