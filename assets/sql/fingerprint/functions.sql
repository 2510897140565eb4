-- Functions and procedures with their bodies, aggregates, operators, casts, languages.
WITH ours AS (
    SELECT p.*, (pg_identify_object('pg_proc'::regclass, p.oid, 0)).identity AS identity
    FROM pg_proc AS p
    JOIN pg_namespace AS n ON n.oid = p.pronamespace
    WHERE
        n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
        AND NOT EXISTS (
            SELECT FROM pg_depend AS d
            WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype IN ('e', 'i')
        )
)

SELECT 'function ' || identity, 'definition', pg_get_functiondef(oid)
FROM ours
WHERE prokind IN ('f', 'p', 'w')

UNION ALL
SELECT
    'aggregate ' || o.identity, 'definition',
    concat_ws(', ', format('(%s) returns %s', pg_get_function_arguments(o.oid), pg_get_function_result(o.oid)),
        format('parallel %s', o.proparallel),
        (
            SELECT string_agg(format('%s %s', field.key, field.value), ', ' ORDER BY field.key)
            FROM jsonb_each_text(
                to_jsonb(a) - 'aggfnoid' - 'aggsortop' - 'aggtranstype' - 'aggmtranstype'
            ) AS field
        ),
        format('state %s, moving state %s, sort operator %s',
            a.aggtranstype::regtype, nullif(a.aggmtranstype, 0)::regtype, nullif(a.aggsortop, 0)::regoperator))
FROM ours AS o
JOIN pg_aggregate AS a ON a.aggfnoid = o.oid

UNION ALL
SELECT
    'operator ' || o.oid::regoperator::text, 'definition',
    format('function %s, commutator %s, negator %s, restrict %s, join %s, hashes %s, merges %s',
        o.oprcode, nullif(o.oprcom, 0)::regoperator, nullif(o.oprnegate, 0)::regoperator,
        o.oprrest, o.oprjoin, o.oprcanhash, o.oprcanmerge)
FROM pg_operator AS o
WHERE
    o.oid >= 16384 AND o.oprcode <> 0
    AND NOT EXISTS (
        SELECT FROM pg_depend AS d
        WHERE d.classid = 'pg_operator'::regclass AND d.objid = o.oid AND d.deptype = 'e'
    )

UNION ALL
SELECT
    'cast ' || (pg_identify_object('pg_cast'::regclass, k.oid, 0)).identity, 'definition',
    format('function %s, context %s, method %s', nullif(k.castfunc, 0)::regprocedure, k.castcontext, k.castmethod)
FROM pg_cast AS k
WHERE
    k.oid >= 16384
    AND NOT EXISTS (
        SELECT FROM pg_depend AS d
        WHERE d.classid = 'pg_cast'::regclass AND d.objid = k.oid AND d.deptype = 'e'
    )

UNION ALL
SELECT format('language %I', l.lanname), 'definition', format('trusted %s, handler %s, inline %s, validator %s', l.lanpltrusted, l.lanplcallfoid::regproc, nullif(l.laninline, 0)::regproc, nullif(l.lanvalidator, 0)::regproc)
FROM pg_language AS l
WHERE l.oid >= 16384;
