-- Who waits for a lock behind this run's sessions (application) for longer than it may (seconds). The wait's start stands
-- in pg_locks from PostgreSQL 14 on. Sessions of this run do not count.
-- Without what stands in quotes: values are nobody's business here.
SELECT string_agg(
    format('%s (pid %s, %s) waits for %s s: %s', coalesce(a.application_name, a.backend_type), a.pid, a.usename,
        extract(epoch FROM clock_timestamp() - l.waitstart)::int,
        left(regexp_replace(regexp_replace(a.query, '''[^'']*(''|$)|\$\w*\$.*', '''...''', 'g'), '\s+', ' ', 'g'), 80)),
    '; '
)
FROM pg_locks AS l
JOIN pg_stat_activity AS a ON a.pid = l.pid
WHERE
    NOT l.granted AND l.waitstart < clock_timestamp() - make_interval(secs => :seconds)
    AND a.application_name <> :'application'
    AND EXISTS (
        SELECT FROM pg_stat_activity AS holder
        WHERE holder.pid = ANY (pg_blocking_pids(l.pid)) AND holder.application_name = :'application'
    );
