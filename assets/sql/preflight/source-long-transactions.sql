-- What goes on for longer than the fence waits (in_flight_seconds).
WITH late AS (
    SELECT
        format(
            'pid %s %s (%s, %s) for %s s', pid, usename, coalesce(nullif(application_name, ''), backend_type), coalesce(state, 'at work'),
            extract(EPOCH FROM clock_timestamp() - xact_start)::int
        ) AS name,
        xact_start
    FROM pg_stat_activity
    WHERE
        datname = current_database() AND pid <> pg_backend_pid() AND backend_type NOT IN ('autovacuum worker', 'parallel worker')
        AND xact_start < clock_timestamp() - make_interval(secs => :in_flight_seconds)
)

SELECT
    CASE WHEN count(*) = 0 THEN 'pass' ELSE 'warn' END,
    CASE
        WHEN count(*) = 0 THEN format('No transaction is older than cutover.inFlightSeconds (%s s).', :'in_flight_seconds')
        ELSE format(
            'Transactions older than cutover.inFlightSeconds (%s s): %s%s.', :'in_flight_seconds',
            array_to_string((array_agg(name ORDER BY xact_start))[1:5], ', '), CASE WHEN count(*) > 5 THEN format(' and %s more', count(*) - 5) END
        )
    END
FROM late;
