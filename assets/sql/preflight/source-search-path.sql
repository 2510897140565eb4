-- Functions that a restore calls (in indexes, checks, generated columns, partition keys, extended statistics and materialized
-- views) and that seem to name something without its schema. pg_restore's search_path is empty. Only the text of a body tells,
-- with its comments and strings; what the functions call in turn is not looked at.
WITH RECURSIVE reads (relation, read) AS (
    SELECT r.ev_class, d.refobjid
    FROM pg_rewrite AS r
    JOIN pg_depend AS d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid AND d.refclassid = 'pg_class'::regclass
    WHERE r.ev_type = '1' AND d.refobjid <> r.ev_class
),

-- Views, by the materialized views that run their queries.
run_by (relation, view) AS (
    SELECT oid, oid FROM pg_class WHERE relkind = 'm' AND relispopulated
    UNION
    SELECT reads.read, run_by.view FROM run_by JOIN reads ON reads.relation = run_by.relation
),

caller (catalog, oid, name) AS (
    SELECT 'pg_class'::regclass, oid, format('%s %s', CASE WHEN relkind = 'p' THEN 'the partition key of' ELSE 'the index' END, oid::regclass)
    FROM pg_class
    WHERE relkind IN ('i', 'I', 'p')
    UNION ALL
    SELECT
        'pg_constraint'::regclass, oid,
        format('the constraint %I of %s', conname, CASE WHEN conrelid <> 0 THEN conrelid::regclass::text ELSE contypid::regtype::text END)
    FROM pg_constraint
    WHERE contype = 'c'
    UNION ALL
    SELECT 'pg_attrdef'::regclass, d.oid, format('the generated column %I of %s', a.attname, d.adrelid::regclass)
    FROM pg_attrdef AS d
    JOIN pg_attribute AS a ON a.attrelid = d.adrelid AND a.attnum = d.adnum AND a.attgenerated <> ''
    UNION ALL
    SELECT 'pg_statistic_ext'::regclass, oid, format('the statistics %I', stxname) FROM pg_statistic_ext
    UNION ALL
    SELECT 'pg_rewrite'::regclass, r.oid, format('the materialized view %s', run_by.view::regclass)
    FROM run_by
    JOIN pg_rewrite AS r ON r.ev_class = run_by.relation AND r.ev_type = '1'
),

called AS (
    SELECT
        f.oid, min(caller.name) AS caller,
        -- FROM that names no relation.
        regexp_replace(
            regexp_replace(f.prosrc, '\mdistinct\s+from\M', ' ', 'gi'),
            '\m(extract|substring|trim|overlay)(\s*\([^()]*)\mfrom\M', '\1\2', 'gi'
        ) AS prosrc
    FROM caller
    JOIN pg_depend AS d ON d.classid = caller.catalog AND d.objid = caller.oid
    LEFT JOIN pg_operator AS o ON d.refclassid = 'pg_operator'::regclass AND o.oid = d.refobjid
    JOIN pg_proc AS f ON f.oid = coalesce(o.oprcode, CASE WHEN d.refclassid = 'pg_proc'::regclass THEN d.refobjid END)
    JOIN pg_language AS l ON l.oid = f.prolang
    WHERE
        f.oid >= 16384 AND l.lanname NOT IN ('internal', 'c') AND f.prosqlbody IS NULL
        AND NOT EXISTS (SELECT FROM unnest(f.proconfig) AS setting WHERE starts_with(setting, 'search_path='))
        AND NOT EXISTS (SELECT FROM pg_depend AS e WHERE e.classid = 'pg_proc'::regclass AND e.objid = f.oid AND e.deptype = 'e')
    GROUP BY f.oid, f.prosrc
),

word (oid, kind, name) AS (
    SELECT oid, 'relation', lower(part[1])
    FROM called
    CROSS JOIN LATERAL regexp_matches(prosrc, '\m(?:from|join|update|into)\s+(?:only\s+)?"?([[:alpha:]_][\w$]*)\M(?!"?\s*[.(])', 'gi') AS part
    UNION
    SELECT oid, 'routine', lower(part[1])
    FROM called
    CROSS JOIN LATERAL regexp_matches(prosrc, '(?<![.\w$"])"?([[:alpha:]_][\w$]*)"?\s*\(', 'g') AS part
    UNION
    SELECT oid, 'type', lower(part[1])
    FROM called
    CROSS JOIN LATERAL regexp_matches(prosrc, '::\s*"?([[:alpha:]_][\w$]*)\M(?!"?\s*\.)', 'g') AS part
),

nameable (kind, name, schema) AS (
    SELECT 'relation', relname, relnamespace FROM pg_class WHERE relkind IN ('r', 'p', 'v', 'm', 'f')
    UNION
    SELECT 'routine', proname, pronamespace FROM pg_proc
    UNION
    SELECT 'type', typname, typnamespace FROM pg_type
),

found AS (
    SELECT
        called.oid, called.caller,
        string_agg(DISTINCT word.name, ', ') AS names,
        string_agg(DISTINCT n.schema::regnamespace::text, ', ') AS schemas,
        -- Where two schemas have one of that name, only its author knows which is meant.
        count(DISTINCT (n.kind, n.name, n.schema)) = count(DISTINCT (n.kind, n.name)) AS is_certain
    FROM called
    JOIN word ON word.oid = called.oid
    JOIN nameable AS n ON n.kind = word.kind AND lower(n.name) = word.name AND n.schema::regnamespace::text !~ '^(pg_|_timescaledb_|information_schema$)'
    WHERE NOT EXISTS (
        SELECT FROM nameable AS own
        WHERE own.kind = word.kind AND own.name = word.name AND own.schema = 'pg_catalog'::regnamespace
    )
    GROUP BY called.oid, called.caller
),

listed AS (
    SELECT
        count(*) AS number,
        array_to_string((array_agg(format('%s (of %s) names %s', oid::regprocedure, caller, names) ORDER BY oid::regprocedure::text))[1:5], '; ')
        || CASE WHEN count(*) > 5 THEN format('; and %s more', count(*) - 5) ELSE '' END AS names,
        min(format('ALTER FUNCTION %s SET search_path = %s', oid::regprocedure, schemas)) FILTER (WHERE is_certain) AS pinning
    FROM found
)

SELECT
    CASE WHEN number = 0 THEN 'pass' ELSE 'warn' END,
    CASE
        WHEN number = 0 THEN 'No function that a restore calls seems, by its text, to depend on the search_path.'
        ELSE format('Functions that a restore calls, with an empty search_path, and that name something without its schema: %s.', names)
    END,
    CASE WHEN number > 0 THEN 'Write the schemas into their bodies' || coalesce('; or, at the source: ' || pinning, '') || '.' END
FROM listed;
