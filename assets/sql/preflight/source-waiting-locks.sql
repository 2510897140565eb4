-- Who waits for a lock now, and behind whom: the dump takes a reader's lock on every table, and would wait there too.
WITH waiting AS (
    SELECT
        format(
            'pid %s %s (%s) for %s s for %s behind pid %s', a.pid, a.usename, coalesce(nullif(a.application_name, ''), a.backend_type),
            extract(EPOCH FROM clock_timestamp() - l.waitstart)::int,
            CASE WHEN l.database = d.oid THEN coalesce(l.relation::regclass::text, l.locktype) ELSE l.locktype END,
            array_to_string(pg_blocking_pids(l.pid), ', ')
        ) AS name,
        l.waitstart
    FROM pg_locks AS l
    JOIN pg_stat_activity AS a ON a.pid = l.pid
    JOIN pg_database AS d ON d.datname = current_database()
    WHERE NOT l.granted AND a.datname = d.datname AND l.waitstart < clock_timestamp() - interval '1 second'
)

SELECT
    CASE WHEN count(*) = 0 THEN 'pass' ELSE 'warn' END,
    CASE
        WHEN count(*) = 0 THEN 'Nobody waits for a lock.'
        ELSE format(
            'Waiting for a lock: %s%s.',
            array_to_string((array_agg(name ORDER BY waitstart))[1:5], ', '), CASE WHEN count(*) > 5 THEN format(' and %s more', count(*) - 5) END
        )
    END
FROM waiting;
