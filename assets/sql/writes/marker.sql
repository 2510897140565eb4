-- The fence's marker of this database, and what older applies of writes have noted in it: from is the transaction id below
-- which a row of the source is the application's, carried the one from which on a row was carried here by an apply.
CREATE TEMP TABLE marker AS
SELECT
    m.body,
    coalesce(m.body -> 'writes' ->> 'from', m.xid)::xid AS since,
    now_or_then.carried::xid AS carried, now_or_then.carried AS carried_whole
FROM (
    SELECT
        s.xmin::text AS xid,
        substr(entry, length('timescale_cutover.fence=') + 1)::jsonb AS body
    FROM pg_db_role_setting AS s
    CROSS JOIN unnest(s.setconfig) AS entry
    WHERE
        s.setrole = 0 AND s.setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND entry LIKE 'timescale\_cutover.fence=%'
) AS m
CROSS JOIN LATERAL (SELECT coalesce((m.body -> 'writes' ->> 'carried')::xid8, pg_snapshot_xmax(pg_current_snapshot())) AS carried) AS now_or_then;

-- Whether that keeps the application out.
CREATE TEMP VIEW fenced AS
SELECT
FROM marker
JOIN pg_database AS d ON d.datname = current_database()
WHERE marker.body ->> 'phase' IN ('fenced', 'switched') AND d.datconnlimit = 0;
