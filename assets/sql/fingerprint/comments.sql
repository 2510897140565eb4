-- Comments on everything that is the database's own.
SELECT
    CASE WHEN d.objsubid > 0 THEN 'column ' ELSE o.type || ' ' END || o.identity, 'comment', d.description
FROM pg_description AS d
CROSS JOIN LATERAL pg_identify_object(d.classoid, d.objoid, d.objsubid) AS o
WHERE
    (d.objoid >= 16384 OR d.classoid = 'pg_largeobject'::regclass)
    AND NOT EXISTS (
        SELECT FROM pg_depend AS e
        WHERE e.classid = d.classoid AND e.objid = d.objoid AND e.deptype = 'e'
    )

UNION ALL
SELECT CASE WHEN s.classoid = 'pg_database'::regclass THEN 'database' ELSE format('role %I', r.rolname) END, 'comment', s.description
FROM pg_shdescription AS s
LEFT JOIN pg_roles AS r ON s.classoid = 'pg_authid'::regclass AND r.oid = s.objoid
WHERE
    (s.classoid = 'pg_database'::regclass AND s.objoid = (SELECT oid FROM pg_database WHERE datname = current_database()))
    OR (s.classoid = 'pg_authid'::regclass AND s.objoid = ANY (:'needed_roles'::oid[]));
