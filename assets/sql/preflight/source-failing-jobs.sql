-- What fails at the source fails at the target too, and is no finding against it.
SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'timescaledb') AS has_timescaledb
\gset
\if :has_timescaledb
WITH failing AS (
    SELECT j.id, format('%s (%s in a row)', j.application_name, s.consecutive_failures) AS name
    FROM _timescaledb_config.bgw_job AS j
    JOIN _timescaledb_internal.bgw_job_stat AS s ON s.job_id = j.id
    -- A job that has never ended has -infinity for its end.
    WHERE j.id >= 1000 AND j.scheduled AND isfinite(s.last_finish) AND NOT s.last_run_success
),

listed AS (
    SELECT
        count(*) AS number,
        array_to_string((array_agg(name ORDER BY id))[1:5], ', ')
        || CASE WHEN count(*) > 5 THEN format(' and %s more', count(*) - 5) ELSE '' END AS names
    FROM failing
)

SELECT
    CASE WHEN number = 0 THEN 'pass' ELSE 'warn' END,
    CASE
        WHEN number = 0 THEN 'No scheduled job failed in its last run.'
        ELSE format('Jobs whose last run failed: %s.', names)
    END
FROM listed;
\else
SELECT 'pass', 'The database has no TimescaleDB.';
\endif
