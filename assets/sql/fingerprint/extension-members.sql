-- What somebody may have changed of extensions' members, which a dump leaves to the extension's script: of functions their
-- properties and text, of relations their options and what was made on them, and comments.
WITH member AS (
    SELECT d.classid, d.objid, i.type || ' ' || i.identity AS name
    FROM pg_depend AS d
    CROSS JOIN LATERAL pg_identify_object(d.classid, d.objid, 0) AS i
    WHERE d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e' AND d.classid <> 'pg_extension'::regclass
),

relation AS (
    SELECT member.name, c.*
    FROM member
    JOIN pg_class AS c ON c.oid = member.objid
    WHERE member.classid = 'pg_class'::regclass
)

SELECT
    'member ' || m.name, 'properties',
    concat_ws(', ', format('cost %s, rows %s, volatile %s, parallel %s', p.procost, p.prorows, p.provolatile, p.proparallel),
        CASE WHEN p.proisstrict THEN 'strict' END, CASE WHEN p.prosecdef THEN 'security definer' END, CASE WHEN p.proleakproof THEN 'leakproof' END,
        'set ' || array_to_string(p.proconfig, ', '),
        'text ' || md5(concat_ws(' ', p.probin, p.prosrc, pg_get_function_sqlbody(p.oid))))
FROM member AS m
JOIN pg_proc AS p ON p.oid = m.objid
WHERE m.classid = 'pg_proc'::regclass

UNION ALL
SELECT
    'member ' || name, 'options',
    concat_ws(', ', array_to_string(reloptions, ', '), format('replica identity %s', relreplident),
        CASE WHEN relrowsecurity THEN 'row security' END, CASE WHEN relforcerowsecurity THEN 'forced' END)
FROM relation

UNION ALL
SELECT 'member ' || m.name, 'comment', d.description
FROM member AS m
JOIN pg_description AS d ON d.classoid = m.classid AND d.objoid = m.objid AND d.objsubid = 0

UNION ALL
SELECT 'on the member ' || r.name, format('index %I', i.relname), pg_get_indexdef(i.oid)
FROM relation AS r
JOIN pg_index AS x ON x.indrelid = r.oid
JOIN pg_class AS i ON i.oid = x.indexrelid

UNION ALL
SELECT 'on the member ' || r.name, format('constraint %I', k.conname), pg_get_constraintdef(k.oid)
FROM relation AS r
JOIN pg_constraint AS k ON k.conrelid = r.oid
WHERE k.contype <> 't'

UNION ALL
SELECT 'on the member ' || r.name, format('trigger %I', t.tgname), format('%s; enabled %s', pg_get_triggerdef(t.oid), t.tgenabled)
FROM relation AS r
JOIN pg_trigger AS t ON t.tgrelid = r.oid AND NOT t.tgisinternal

UNION ALL
SELECT 'on the member ' || r.name, format('rule %I', w.rulename), pg_get_ruledef(w.oid)
FROM relation AS r
JOIN pg_rewrite AS w ON w.ev_class = r.oid

UNION ALL
SELECT
    'on the member ' || r.name, format('policy %I', p.polname),
    format('%s, permissive %s, to %s, using %s, with check %s', p.polcmd, p.polpermissive, p.polroles::regrole[],
        pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))
FROM relation AS r
JOIN pg_policy AS p ON p.polrelid = r.oid;
