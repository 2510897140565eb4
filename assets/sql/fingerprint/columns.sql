-- One line a column; its place counts live columns only, because a dump drops the dropped ones. Extensions' tables too.
SELECT
    'column ' || (pg_identify_object('pg_class'::regclass, c.oid, a.attnum)).identity,
    'definition',
    concat_ws(', ',
        format('place %s', row_number() OVER (PARTITION BY c.oid ORDER BY a.attnum)),
        format_type(a.atttypid, a.atttypmod),
        CASE WHEN a.attnotnull THEN 'not null' END,
        CASE a.attgenerated WHEN '' THEN 'default ' ELSE 'generated ' END || pg_get_expr(d.adbin, d.adrelid),
        'identity ' || nullif(a.attidentity::text, ''),
        'collation ' || CASE WHEN a.attcollation <> t.typcollation THEN a.attcollation::regcollation::text END,
        format('storage %s', a.attstorage),
        'compression ' || nullif(a.attcompression::text, ''),
        -- PostgreSQL 17 made "no target" NULL, where earlier servers said -1.
        'statistics ' || nullif(a.attstattarget::int, -1)::text,
        -- pg_attver is bookkeeping of the server's own (seen from 17.12 on): no dump carries it.
        'options ' || nullif(array_to_string(ARRAY(
            SELECT o FROM unnest(a.attoptions) AS o WHERE o NOT LIKE 'pg\_attver=%' ORDER BY 1
        ), ' '), ''),
        'fdw options ' || nullif(array_to_string(ARRAY(SELECT unnest(a.attfdwoptions) ORDER BY 1), ' '), '')
    )
FROM pg_attribute AS a
JOIN pg_class AS c ON c.oid = a.attrelid
JOIN pg_namespace AS n ON n.oid = c.relnamespace
JOIN pg_type AS t ON t.oid = a.atttypid
LEFT JOIN pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE
    a.attnum > 0 AND NOT a.attisdropped
    AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'c') AND c.relpersistence <> 't'
    AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema';
