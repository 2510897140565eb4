-- Functions in C that no extension brings: a restore makes them only where the same library lies on the server.
WITH custom AS (
    SELECT format('%s from %s', p.oid::regprocedure, p.probin) AS name
    FROM pg_proc AS p
    JOIN pg_language AS l ON l.oid = p.prolang
    -- Below 16384 are initdb's own.
    WHERE
        l.lanname = 'c' AND p.oid >= 16384
        AND NOT EXISTS (
            SELECT FROM pg_depend AS d
            WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
        )
),

listed AS (
    SELECT
        count(*) AS number,
        array_to_string((array_agg(name ORDER BY name))[1:5], ', ')
        || CASE WHEN count(*) > 5 THEN format(' and %s more', count(*) - 5) ELSE '' END AS names
    FROM custom
)

SELECT
    CASE WHEN number = 0 THEN 'pass' ELSE 'fail' END,
    CASE
        WHEN number = 0 THEN 'Every function in C is an extension''s.'
        ELSE format('Functions in C that are no extension''s: %s.', names)
    END
FROM listed;
