-- What somebody may have changed of extensions' functions and comments, which a dump leaves to the extension's script: their
-- relations and types stand with all others. compare.sql fails for a definition, and explains costs and comments.
WITH member AS (
    SELECT d.classid, d.objid, i.type || ' ' || i.identity AS name
    FROM pg_depend AS d
    CROSS JOIN LATERAL pg_identify_object(d.classid, d.objid, 0) AS i
    WHERE d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e' AND d.classid <> 'pg_extension'::regclass
)

SELECT 'member ' || m.name, property.key, property.value
FROM member AS m
JOIN pg_proc AS p ON p.oid = m.objid
CROSS JOIN LATERAL (VALUES
    ('definition', concat_ws(', ',
        format('(%s) returns %s, volatile %s', pg_get_function_arguments(p.oid), pg_get_function_result(p.oid), p.provolatile),
        CASE WHEN p.proisstrict THEN 'strict' END, CASE WHEN p.prosecdef THEN 'security definer' END, CASE WHEN p.proleakproof THEN 'leakproof' END,
        'set ' || array_to_string(p.proconfig, ', '),
        'text ' || md5(concat_ws(' ', p.probin, p.prosrc, pg_get_function_sqlbody(p.oid))))),
    ('costs', format('cost %s, rows %s, parallel %s', p.procost, p.prorows, p.proparallel))
) AS property (key, value)
WHERE m.classid = 'pg_proc'::regclass

UNION ALL
SELECT
    'member ' || m.name, 'comment' || CASE WHEN d.objsubid > 0 THEN ' of column ' || a.attname ELSE '' END, d.description
FROM member AS m
JOIN pg_description AS d ON d.classoid = m.classid AND d.objoid = m.objid
LEFT JOIN pg_attribute AS a ON m.classid = 'pg_class'::regclass AND a.attrelid = m.objid AND a.attnum = d.objsubid;
