-- A job's owner is a plain column: nothing keeps the role from being dropped. Restored, its number may be another's.
SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'timescaledb') AS has_timescaledb
\gset
\if :has_timescaledb
WITH found AS (
    SELECT
        j.id, format('%s of %s', j.application_name, CASE
            WHEN r.oid IS NULL THEN format('role %s, which is missing', j.owner::oid)
            ELSE format('%I, which may not log in', r.rolname)
        END) AS name
    FROM _timescaledb_config.bgw_job AS j
    LEFT JOIN pg_roles AS r ON r.oid = j.owner::oid
    WHERE j.id >= 1000 AND r.rolcanlogin IS NOT TRUE
),

listed AS (
    SELECT
        count(*) AS number,
        array_to_string((array_agg(name ORDER BY id))[1:5], '; ')
        || CASE WHEN count(*) > 5 THEN format('; and %s more', count(*) - 5) ELSE '' END AS names
    FROM found
)

SELECT
    CASE WHEN number = 0 THEN 'pass' ELSE 'fail' END,
    CASE
        WHEN number = 0
            THEN format('Jobs: %s, of roles that may log in.', (SELECT count(*) FROM _timescaledb_config.bgw_job WHERE id >= 1000))
        ELSE format('Jobs that cannot run: %s.', names)
    END
FROM listed;
\else
SELECT 'pass', 'The database has no TimescaleDB.';
\endif
