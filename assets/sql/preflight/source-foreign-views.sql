-- Materialized views that read a foreign table, by themselves or through other views: a restore runs their queries, from the
-- target. What a function reads cannot be seen.
WITH RECURSIVE reads (relation, read) AS (
    SELECT r.ev_class, d.refobjid
    FROM pg_rewrite AS r
    JOIN pg_depend AS d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid AND d.refclassid = 'pg_class'::regclass
    -- What a view reads; other rules write.
    WHERE r.ev_type = '1' AND d.refobjid <> r.ev_class
    UNION
    SELECT inhparent, inhrelid FROM pg_inherits
),

reached (view, relation) AS (
    SELECT c.oid, reads.read
    FROM pg_class AS c
    JOIN reads ON reads.relation = c.oid
    WHERE c.relkind = 'm' AND c.relispopulated
    UNION
    SELECT reached.view, reads.read
    FROM reached
    JOIN reads ON reads.relation = reached.relation
),

found AS (
    SELECT DISTINCT reached.view, format('%s (%s of the server %I)', reached.view::regclass, f.ftrelid::regclass, s.srvname) AS name
    FROM reached
    JOIN pg_foreign_table AS f ON f.ftrelid = reached.relation
    JOIN pg_foreign_server AS s ON s.oid = f.ftserver
),

listed AS (
    SELECT
        count(*) AS number,
        array_to_string((array_agg(name ORDER BY name))[1:5], ', ')
        || CASE WHEN count(*) > 5 THEN format(' and %s more', count(*) - 5) ELSE '' END AS names,
        min(format('REFRESH MATERIALIZED VIEW %s WITH NO DATA', view::regclass)) AS emptying
    FROM found
)

SELECT
    CASE WHEN number = 0 THEN 'pass' ELSE 'warn' END,
    CASE
        WHEN number = 0 THEN 'No materialized view reads a foreign table.'
        ELSE format('Materialized views that read a foreign table: %s. The restore ends where the target does not reach that server.', names)
    END,
    'Open the way from the target to the foreign server. Or let each be restored empty; at the source: ' || emptying || '.'
FROM listed;
