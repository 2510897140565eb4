-- The tables at which a superuser's statement would run code of somebody who is none, into the psql variable users_code (an
-- array of oids): to plan a query evaluates the expressions of indexes, statistics, partition keys and checks, and to write a
-- row also domains, generated columns, and triggers and rules that fire for a replica; whoever compares values may call a
-- cast. Of an expression tells its tree which functions it calls. The server's own that read or run what they are given as
-- text (query_to_xml) are volatile; of those that are stable, the like are named here.
SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'timescaledb') AS has_dimensions
\gset
\set partitioned_by_users '{}'
\if :has_dimensions
SELECT coalesce(array_agg(to_regclass(format('%I.%I', h.schema_name, h.table_name))::oid), '{}')::text AS partitioned_by_users
FROM _timescaledb_catalog.dimension AS d
JOIN _timescaledb_catalog.hypertable AS h ON h.id = d.hypertable_id
WHERE d.partitioning_func_schema <> '_timescaledb_functions'
\gset
\endif

WITH RECURSIVE ours AS (
    SELECT oid FROM pg_class WHERE relkind IN ('r', 'p') AND oid >= 16384
),

-- The types of a table's columns, and what those are made of.
type (relation, oid) AS (
    SELECT a.attrelid, a.atttypid FROM pg_attribute AS a JOIN ours ON ours.oid = a.attrelid WHERE a.attnum > 0 AND NOT a.attisdropped AND a.atttypid >= 16384
    UNION
    SELECT type.relation, part.oid
    FROM type
    JOIN pg_type AS t ON t.oid = type.oid
    LEFT JOIN pg_range AS r ON t.oid IN (r.rngtypid, r.rngmultitypid)
    LEFT JOIN pg_attribute AS a ON t.typrelid <> 0 AND a.attrelid = t.typrelid AND a.attnum > 0
    CROSS JOIN LATERAL (VALUES (t.typelem), (t.typbasetype), (r.rngsubtype), (r.rngtypid), (a.atttypid)) AS part (oid)
    WHERE part.oid >= 16384
),

tree (relation, text) AS (
    SELECT i.indrelid, trees.text FROM pg_index AS i CROSS JOIN LATERAL (VALUES (i.indexprs::text), (i.indpred::text)) AS trees (text)
    UNION ALL
    SELECT stxrelid, stxexprs::text FROM pg_statistic_ext
    UNION ALL
    SELECT partrelid, partexprs::text FROM pg_partitioned_table
    UNION ALL
    SELECT conrelid, conbin::text FROM pg_constraint WHERE conrelid <> 0
    UNION ALL
    SELECT type.relation, k.conbin::text FROM type JOIN pg_constraint AS k ON k.contypid = type.oid
    UNION ALL
    SELECT d.adrelid, d.adbin::text FROM pg_attrdef AS d JOIN pg_attribute AS a ON a.attrelid = d.adrelid AND a.attnum = d.adnum WHERE a.attgenerated <> ''
    UNION ALL
    SELECT tgrelid, tgqual::text FROM pg_trigger WHERE tgenabled IN ('A', 'R')
),

called (relation, function, by_a_tree) AS (
    SELECT tree.relation, part[1]::oid, TRUE
    FROM tree
    CROSS JOIN LATERAL regexp_matches(tree.text, ':(?:funcid|opfuncid|hashfuncid|negfuncid) (\d+)', 'g') AS part
    UNION
    SELECT tree.relation, o.oprcode, TRUE
    FROM tree
    CROSS JOIN LATERAL regexp_matches(tree.text, ':opnos \(o ([0-9 ]+)\)', 'g') AS part
    CROSS JOIN LATERAL regexp_split_to_table(part[1], ' ') AS operator
    JOIN pg_operator AS o ON o.oid = operator::oid
    UNION
    SELECT tgrelid, tgfoid, FALSE FROM pg_trigger WHERE tgenabled IN ('A', 'R') AND NOT tgisinternal
    UNION
    SELECT i.indrelid, p.amproc, FALSE
    FROM pg_index AS i
    CROSS JOIN LATERAL unnest(i.indclass::oid[]) AS class
    JOIN pg_opclass AS c ON c.oid = class AND c.oid >= 16384
    JOIN pg_amproc AS p ON p.amprocfamily = c.opcfamily
    UNION
    SELECT type.relation, function, FALSE
    FROM type
    JOIN pg_range AS r ON type.oid = r.rngtypid
    CROSS JOIN LATERAL (VALUES (r.rngcanonical::oid), (r.rngsubdiff::oid)) AS functions (function)
    UNION
    SELECT type.relation, k.castfunc, FALSE FROM type JOIN pg_cast AS k ON type.oid IN (k.castsource, k.casttarget)
),

itself (relation) AS (
    SELECT c.relation
    FROM called AS c
    JOIN pg_proc AS f ON f.oid = c.function
    JOIN pg_roles AS owner ON owner.oid = f.proowner
    WHERE
        NOT owner.rolsuper
        OR (c.by_a_tree AND f.provolatile = 'v' AND f.proname NOT IN ('clock_timestamp', 'gen_random_uuid', 'nextval', 'random', 'statement_timestamp', 'timeofday'))
        OR (c.by_a_tree AND f.oid < 16384 AND f.proname ~ '_to_xml|_xmlschema|^ts_stat$|^ts_rewrite$|^lo_|^pg_(ls|read|stat)_')
    UNION
    SELECT ev_class FROM pg_rewrite WHERE ev_enabled IN ('A', 'R') AND rulename <> '_RETURN'
    UNION
    SELECT unnest(:'partitioned_by_users'::oid[])
),

-- A statement at one table of an inheritance is planned for all, and a row of a partitioned table is written into a partition.
related (relation) AS (
    SELECT relation FROM itself
    UNION
    SELECT CASE WHEN i.inhparent = r.relation THEN i.inhrelid ELSE i.inhparent END
    FROM related AS r
    JOIN pg_inherits AS i ON r.relation IN (i.inhparent, i.inhrelid)
)

SELECT coalesce(array_agg(relation::oid), '{}')::text AS users_code FROM related WHERE relation IN (SELECT oid FROM ours)
\gset
