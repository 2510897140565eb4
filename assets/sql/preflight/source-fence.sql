-- The marker that a fence leaves among the database's settings, and whether anybody may connect. Read here and not by
-- fence/marker.sql, which waits for a run that is about to fence: a check only looks.
SELECT
    CASE WHEN marker IS NOT NULL THEN 'fail' WHEN d.datconnlimit = 0 THEN 'warn' ELSE 'pass' END,
    CASE
        WHEN marker IS NOT NULL
            THEN format('Run %s fenced this database at %s, and it still is (%s).', marker ->> 'run', marker ->> 'fencedAt', marker ->> 'phase')
        WHEN d.datconnlimit = 0 THEN 'The database''s connection limit is 0: superusers alone may connect, here and after the move.'
        ELSE format('No run has left its fence; the database''s connection limit is %s.', CASE d.datconnlimit WHEN -1 THEN 'none' ELSE d.datconnlimit::text END)
    END,
    CASE
        WHEN marker ->> 'phase' = 'switched' THEN 'cutover status says what became of that run; cutover rollback goes back to this database.'
        WHEN marker IS NOT NULL THEN 'Look at cutover status; cutover reopen opens the source again.'
        WHEN d.datconnlimit = 0 THEN format('ALTER DATABASE %I CONNECTION LIMIT to what the application needs.', d.datname)
    END
FROM pg_database AS d
LEFT JOIN LATERAL (
    SELECT substr(setting, length('timescale_cutover.fence=') + 1)::jsonb AS marker
    FROM pg_db_role_setting AS s
    CROSS JOIN LATERAL unnest(s.setconfig) AS setting
    WHERE s.setdatabase = d.oid AND s.setrole = 0 AND starts_with(setting, 'timescale_cutover.fence=')
) AS m ON TRUE
WHERE d.datname = current_database();
