-- Writes the rows of extensions' tables of which pg_dump writes none or some: PostGIS has its reference systems dumped but
-- for those of its own numbers, and somebody may have corrected one. A psql script: what is equal on both sides stays as it
-- is. TimescaleDB's own catalog is restored as it stands.
SELECT
    format('SELECT %L', format(
        E'CREATE TEMP TABLE undumped (%2$s);\nCOPY pg_temp.undumped (%3$s) FROM stdin;', t.name, t.definitions, t.columns
    )),
    format('COPY (SELECT %s FROM ONLY %s) TO STDOUT', t.columns, t.name),
    format('SELECT %L', format(
        E'\\.\n'
        'SELECT to_regclass(%4$L) IS NOT NULL AS is_there\n\\gset\n\\if :is_there\n'
        'SELECT (SELECT (count(*), sum(hashtextextended(textin(record_out(ROW(%2$s))), 0)::numeric))::text FROM ONLY %1$s AS r) '
        '<> (SELECT (count(*), sum(hashtextextended(textin(record_out(ROW(%2$s))), 0)::numeric))::text FROM pg_temp.undumped AS r) AS differs\n\\gset\n'
        '\\if :differs\n'
        'SET session_replication_role = replica;\nDELETE FROM ONLY %1$s;\n'
        'INSERT INTO %1$s (%3$s) OVERRIDING SYSTEM VALUE SELECT %3$s FROM pg_temp.undumped;\n'
        'SET session_replication_role = origin;\n\\endif\n\\endif\nDROP TABLE pg_temp.undumped;',
        t.name, t.fields, t.columns, t.name
    ))
FROM (
    SELECT
        c.oid::regclass::text AS name,
        string_agg(format('%I %s', a.attname, format_type(a.atttypid, a.atttypmod)), ', ' ORDER BY a.attnum) AS definitions,
        string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) AS columns,
        string_agg(format('r.%I', a.attname), ', ' ORDER BY a.attnum) AS fields
    FROM pg_depend AS d
    JOIN pg_extension AS e ON e.oid = d.refobjid
    JOIN pg_class AS c ON c.oid = d.objid AND c.relkind = 'r' AND c.relpersistence <> 't'
    JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
    WHERE
        d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e'
        AND e.extname <> 'timescaledb'
        AND coalesce(e.extcondition[array_position(e.extconfig, c.oid)], 'none') <> ''
    GROUP BY c.oid
) AS t
ORDER BY t.name
\gexec
