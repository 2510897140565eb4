-- Whom the fence would not hold out; it refuses while they are there. TimescaleDB's scheduler and jobs it stops itself.
WITH session AS (
    SELECT format('pid %s %s (%s)', a.pid, a.usename, coalesce(nullif(a.application_name, ''), a.backend_type)) AS name
    FROM pg_stat_activity AS a
    JOIN pg_roles AS r ON r.oid = a.usesysid
    WHERE
        a.datname = current_database() AND a.pid <> pg_backend_pid() AND r.rolsuper
        AND a.backend_type NOT IN ('autovacuum worker', 'parallel worker') AND a.backend_type !~ '^TimescaleDB | \[\d+\]$'
        AND NOT starts_with(a.application_name, 'timescale-cutover/')
)

SELECT
    CASE WHEN count(*) = 0 THEN 'pass' ELSE 'warn' END,
    CASE
        WHEN count(*) = 0 THEN 'No superuser is connected to the database.'
        ELSE format(
            'Superusers are connected to the database: %s%s. A fence refuses while they are.',
            array_to_string((array_agg(name ORDER BY name))[1:5], ', '), CASE WHEN count(*) > 5 THEN format(' and %s more', count(*) - 5) END
        )
    END
FROM session;
