-- Writes the statements that give extensions' members their owners back: a dump leaves them with whoever restores it. No
-- dependency on the bootstrap superuser is recorded; a sequence that a column owns, and a range's multirange, go with those.
-- A member that the target lacks is left to the comparison, which names it.
SELECT format('DO %L;', format(
    'BEGIN ALTER %s %s OWNER TO %s; '
    'EXCEPTION WHEN undefined_table OR undefined_function OR undefined_object OR invalid_schema_name THEN NULL; END',
    CASE
        WHEN s.classid = 'pg_proc'::regclass THEN 'ROUTINE'
        WHEN i.type = 'composite type' THEN 'TYPE'
        WHEN i.type = 'foreign-data wrapper' THEN 'FOREIGN DATA WRAPPER'
        WHEN i.type = 'statistics object' THEN 'STATISTICS'
        ELSE upper(i.type)
    END,
    -- An access method's name is unquoted in it.
    CASE
        WHEN s.classid IN ('pg_opclass'::regclass, 'pg_opfamily'::regclass)
            THEN format('%I.%I USING %I', a.object_names[2], a.object_names[3], a.object_names[1])
        ELSE i.identity
    END,
    s.refobjid::regrole
))
FROM pg_shdepend AS s
JOIN pg_depend AS d ON d.classid = s.classid AND d.objid = s.objid AND d.objsubid = 0 AND d.deptype = 'e'
CROSS JOIN LATERAL pg_identify_object(s.classid, s.objid, 0) AS i
CROSS JOIN LATERAL pg_identify_object_as_address(s.classid, s.objid, 0) AS a
WHERE
    s.deptype = 'o' AND s.dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
    -- No statement gives these to a role that is no superuser (any more).
    AND NOT (
        s.classid IN ('pg_event_trigger'::regclass, 'pg_foreign_data_wrapper'::regclass)
        AND NOT (SELECT rolsuper FROM pg_roles WHERE oid = s.refobjid)
    )
    AND NOT EXISTS (SELECT FROM pg_type AS t WHERE t.typtype = 'm' AND s.classid = 'pg_type'::regclass AND t.oid = s.objid)
    AND NOT EXISTS (
        SELECT FROM pg_class AS c
        JOIN pg_depend AS o ON o.classid = 'pg_class'::regclass AND o.objid = c.oid AND o.deptype IN ('a', 'i') AND o.refobjsubid > 0
        WHERE c.relkind = 'S' AND s.classid = 'pg_class'::regclass AND c.oid = s.objid
    )
ORDER BY s.classid, i.identity;

-- The privileges that an extension's script gave such a member name its owner too: a dump leaves out what is equal to them.
SELECT format('DO %L;', format(
    'BEGIN UPDATE pg_init_privs AS p SET initprivs = %L FROM pg_get_object_address(%L, %L, %L) AS o '
    'WHERE (p.classoid, p.objoid, p.objsubid) = (o.classid, o.objid, %s); '
    'EXCEPTION WHEN undefined_table OR undefined_function OR undefined_object OR invalid_schema_name THEN NULL; END',
    p.initprivs, a.type, a.object_names, a.object_args, p.objsubid
))
FROM pg_init_privs AS p
JOIN pg_shdepend AS s ON s.classid = p.classoid AND s.objid = p.objoid
CROSS JOIN LATERAL pg_identify_object_as_address(p.classoid, p.objoid, 0) AS a
WHERE p.privtype = 'e' AND s.deptype = 'o' AND s.dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
ORDER BY p.classoid, a.object_names, a.object_args, p.objsubid;
