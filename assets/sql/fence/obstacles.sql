-- What nobody but a person can hold out of the database, or take away: name=value lines. sessions.sql goes first.
, fact (name, value) AS (
    VALUES
    ('prepared', (
        SELECT string_agg(format('%s (of %s, since %s)', gid, owner, date_trunc('second', prepared)), ', ' ORDER BY gid)
        FROM pg_prepared_xacts WHERE database = current_database()
    )),
    ('slots', (
        SELECT string_agg(format('%s (%s, %s)', slot_name, plugin, CASE WHEN active THEN 'active' ELSE 'not active' END), ', ' ORDER BY slot_name)
        FROM pg_replication_slots WHERE database = current_database()
    )),
    ('subscriptions', (
        SELECT string_agg(s.subname, ', ' ORDER BY s.subname)
        FROM pg_subscription AS s
        JOIN pg_database AS d ON d.oid = s.subdbid
        WHERE d.datname = current_database() AND s.subenabled
    )),
    ('superusers', (
        SELECT string_agg(name, ', ' ORDER BY pid)
        FROM session WHERE is_superuser AND NOT (is_ours OR is_scheduler OR is_job)
    )),
    ('applicationRole', (SELECT rolname FROM pg_roles WHERE rolname = :'application_role' AND rolsuper))
)

SELECT name || '=' || replace(value, E'\n', ' ')
FROM fact
WHERE value IS NOT NULL;
