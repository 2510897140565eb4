-- Tables, views, materialized views, sequences, foreign tables and composite types: everything but columns and data.
-- Those of extensions too: their scripts make them, but somebody may have changed them since, and no dump carries that.
WITH relation AS (
    SELECT c.*, (pg_identify_object('pg_class'::regclass, c.oid, 0)).type || ' '
        || (pg_identify_object('pg_class'::regclass, c.oid, 0)).identity AS object
    FROM pg_class AS c
    JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE
        c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f', 'c') AND c.relpersistence <> 't'
        AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
)

SELECT r.object, property.key, property.value
FROM relation AS r
LEFT JOIN pg_class AS toast ON toast.oid = r.reltoastrelid
LEFT JOIN pg_am AS am ON am.oid = r.relam
CROSS JOIN LATERAL (VALUES
    ('persistence', r.relpersistence::text),
    ('access method', am.amname),
    ('options', array_to_string(ARRAY(SELECT unnest(r.reloptions) ORDER BY 1), ', ')),
    ('toast options', array_to_string(ARRAY(SELECT unnest(toast.reloptions) ORDER BY 1), ', ')),
    ('row security', format('enabled %s, forced %s', r.relrowsecurity, r.relforcerowsecurity)),
    ('replica identity', CASE WHEN r.relkind IN ('r', 'p', 'm') THEN r.relreplident::text END),
    ('of type', nullif(r.reloftype, 0)::regtype::text),
    ('partition key', pg_get_partkeydef(r.oid)),
    ('partition bound', pg_get_expr(r.relpartbound, r.oid)),
    ('populated', CASE WHEN r.relkind = 'm' THEN r.relispopulated::text END),
    ('definition', CASE WHEN r.relkind IN ('v', 'm') THEN pg_get_viewdef(r.oid) END)
) AS property (key, value)
WHERE coalesce(property.value, '') <> ''

UNION ALL
SELECT r.object, format('inherits (%s)', i.inhseqno), i.inhparent::regclass::text
FROM relation AS r
JOIN pg_inherits AS i ON i.inhrelid = r.oid

UNION ALL
SELECT
    r.object, 'sequence',
    format('%s start %s increment %s min %s max %s cache %s cycle %s',
        s.seqtypid::regtype, s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache, s.seqcycle)
FROM relation AS r
JOIN pg_sequence AS s ON s.seqrelid = r.oid

UNION ALL
SELECT r.object, 'owned by', (pg_identify_object(d.refclassid, d.refobjid, d.refobjsubid)).identity
FROM relation AS r
JOIN pg_depend AS d ON d.classid = 'pg_class'::regclass AND d.objid = r.oid AND d.deptype IN ('a', 'i')
WHERE r.relkind = 'S' AND d.refobjsubid > 0

UNION ALL
SELECT r.object, 'foreign table', format('server %I, options digest %s', s.srvname, encode(sha256(convert_to(:'salt' || ARRAY(SELECT unnest(f.ftoptions) ORDER BY 1)::text, 'UTF8')), 'hex'))
FROM relation AS r
JOIN pg_foreign_table AS f ON f.ftrelid = r.oid
JOIN pg_foreign_server AS s ON s.oid = f.ftserver;
