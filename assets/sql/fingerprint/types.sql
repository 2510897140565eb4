-- Enums, domains, ranges, base types, operator classes and families, collations, conversions. Of types extensions' too.
WITH ours AS (
    SELECT t.*
    FROM pg_type AS t
    JOIN pg_namespace AS n ON n.oid = t.typnamespace
    WHERE
        n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND t.typtype IN ('b', 'd', 'e', 'r', 'm')
        AND t.typcategory <> 'A'
)

SELECT
    format('type %s', o.oid::regtype), 'definition',
    concat_ws(', ', format('kind %s', o.typtype),
        'labels ' || (
            SELECT string_agg(quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder)
            FROM pg_enum AS e
            WHERE e.enumtypid = o.oid
        ),
        'domain over ' || format_type(nullif(o.typbasetype, 0), o.typtypmod),
        'default ' || o.typdefault,
        CASE WHEN o.typnotnull THEN 'not null' END,
        'collation ' || nullif(o.typcollation, 0)::regcollation::text,
        'range of ' || (
            SELECT format('%s, operator class %s, collation %s, canonical %s, difference %s, multirange %s',
                r.rngsubtype::regtype, c.opcname, nullif(r.rngcollation, 0)::regcollation,
                r.rngcanonical, r.rngsubdiff, r.rngmultitypid::regtype)
            FROM pg_range AS r
            JOIN pg_opclass AS c ON c.oid = r.rngsubopc
            WHERE r.rngtypid = o.oid
        ))
FROM ours AS o

UNION ALL
SELECT 'constraint ' || (pg_identify_object('pg_constraint'::regclass, k.oid, 0)).identity, 'definition', pg_get_constraintdef(k.oid)
FROM pg_constraint AS k
WHERE k.contypid IN (SELECT oid FROM ours)

UNION ALL
SELECT
    'operator class ' || (pg_identify_object('pg_opclass'::regclass, c.oid, 0)).identity, 'definition',
    format('for %s, default %s, family %s, key %s', c.opcintype::regtype, c.opcdefault,
        (pg_identify_object('pg_opfamily'::regclass, c.opcfamily, 0)).identity, nullif(c.opckeytype, 0)::regtype)
FROM pg_opclass AS c
WHERE
    c.oid >= 16384
    AND NOT EXISTS (
        SELECT FROM pg_depend AS d
        WHERE d.classid = 'pg_opclass'::regclass AND d.objid = c.oid AND d.deptype = 'e'
    )

UNION ALL
SELECT
    'operator family ' || (pg_identify_object('pg_opfamily'::regclass, f.oid, 0)).identity, 'definition',
    concat_ws(', ',
        (
            SELECT string_agg(format('operator %s %s %s%s', o.amopstrategy, o.amopopr::regoperator, o.amoppurpose, ' by ' || (pg_identify_object('pg_opfamily'::regclass, nullif(o.amopsortfamily, 0), 0)).identity), ', ' ORDER BY o.amopstrategy, o.amopopr::regoperator::text)
            FROM pg_amop AS o
            WHERE o.amopfamily = f.oid
        ),
        (
            SELECT string_agg(format('function %s (%s, %s) %s', p.amprocnum, p.amproclefttype::regtype, p.amprocrighttype::regtype, p.amproc::regprocedure), ', '
                ORDER BY p.amprocnum, p.amproclefttype::regtype::text, p.amprocrighttype::regtype::text)
            FROM pg_amproc AS p
            WHERE p.amprocfamily = f.oid
        ))
FROM pg_opfamily AS f
WHERE
    f.oid >= 16384
    AND NOT EXISTS (
        SELECT FROM pg_depend AS d
        WHERE d.classid = 'pg_opfamily'::regclass AND d.objid = f.oid AND d.deptype = 'e'
    )

UNION ALL
SELECT
    'collation ' || l.oid::regcollation::text, 'definition',
    format('provider %s, deterministic %s, encoding %s, collate %s, ctype %s, locale %s, rules %s',
        l.collprovider, l.collisdeterministic, l.collencoding, l.collcollate, l.collctype,
        coalesce(to_jsonb(l) ->> 'colllocale', to_jsonb(l) ->> 'colliculocale'), to_jsonb(l) ->> 'collicurules')
FROM pg_collation AS l
WHERE l.oid >= 16384 AND l.collnamespace <> 'pg_catalog'::regnamespace

UNION ALL
SELECT
    'conversion ' || (pg_identify_object('pg_conversion'::regclass, v.oid, 0)).identity, 'definition',
    format('%s to %s by %s, default %s', pg_encoding_to_char(v.conforencoding), pg_encoding_to_char(v.contoencoding), v.conproc, v.condefault)
FROM pg_conversion AS v
WHERE v.oid >= 16384;
