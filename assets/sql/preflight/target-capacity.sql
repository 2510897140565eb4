-- Connections, workers, locks and prepared transactions: no fewer than the source takes, and TimescaleDB's fit together.
WITH setting AS (
    SELECT name, current_setting(name, TRUE) AS here, (:'source'::json -> 'settings' ->> name) AS there
    FROM unnest(ARRAY[
        'max_connections', 'max_locks_per_transaction', 'max_prepared_transactions', 'timescaledb.max_background_workers'
    ]) AS name
),

-- The launcher, the logical replication launcher, autovacuum's: PostgreSQL's and TimescaleDB's own advice is three more.
worker AS (
    SELECT
        current_setting('max_worker_processes')::int AS processes,
        3 + current_setting('max_parallel_workers')::int + coalesce(current_setting('timescaledb.max_background_workers', TRUE), '0')::int AS wanted
),

problem (finding) AS (
    SELECT format('%s is %s, on the source %s', name, here, there)
    FROM setting
    WHERE here::int < there::int
    UNION ALL
    SELECT format(
        'max_worker_processes is %s, for timescaledb.max_background_workers, max_parallel_workers and 3 more %s are wanted', processes, wanted
    )
    FROM worker
    WHERE processes < wanted
)

SELECT
    CASE WHEN count(*) = 0 THEN 'pass' ELSE 'warn' END,
    CASE
        WHEN count(*) = 0 THEN (
            SELECT format('No less than the source''s: %s; %s worker processes.', string_agg(name || ' ' || here, ', ' ORDER BY name), min(w.processes))
            FROM setting
            CROSS JOIN worker AS w
            WHERE here IS NOT NULL
        )
        ELSE format('The target takes less than it may need: %s.', string_agg(finding, '; ' ORDER BY finding))
    END
FROM problem;
