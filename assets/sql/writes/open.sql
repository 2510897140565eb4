-- What speaks against this database being fenced: empty where it is.
SELECT coalesce(
    (SELECT format('its connection limit is %s', d.datconnlimit) FROM pg_database AS d WHERE d.datname = current_database() AND d.datconnlimit <> 0),
    (
        SELECT 'sessions of ' || string_agg(DISTINCT a.usename, ', ')
        FROM pg_stat_activity AS a
        WHERE a.datname = current_database() AND a.backend_type = 'client backend' AND a.pid <> pg_backend_pid()
    )
);
