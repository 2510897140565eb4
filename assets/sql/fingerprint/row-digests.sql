-- The relations whose rows are digested, the largest first: size, name, and the statement that prints the rows. COPY of a table
-- is not planned: to plan a query is to run the owner's code (constants in an index's expression, say), and a superuser asks
-- here. So a chunk gives its own rows, and a compressed one its compressed batches; a partitioned table gives its leaves'; a
-- generated column is left out, and a materialized view, which the target computes anew.
SELECT pg_table_size(c.oid), c.oid::regclass::text, format('COPY %s TO STDOUT', c.oid::regclass)
FROM pg_class AS c
JOIN pg_namespace AS n ON n.oid = c.relnamespace
LEFT JOIN pg_depend AS d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e'
LEFT JOIN pg_extension AS e ON e.oid = d.refobjid
WHERE
    c.relkind = 'r' AND c.relpersistence <> 't' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    -- An extension's tables too: rows that its script made may have been changed since.
    AND e.extname IS DISTINCT FROM 'timescaledb'

UNION ALL
-- Of TimescaleDB's own, what it has dumped: its jobs are compared field by field in timescaledb.sql, for their owner may
-- change, and tablespaces stay behind.
SELECT
    pg_table_size(config.oid), config.oid::regclass::text,
    format('COPY (SELECT * FROM ONLY %s %s) TO STDOUT', config.oid::regclass, e.extcondition[config.place])
FROM pg_extension AS e
CROSS JOIN LATERAL unnest(e.extconfig) WITH ORDINALITY AS config (oid, place)
JOIN pg_class AS c ON c.oid = config.oid
WHERE
    e.extname = 'timescaledb' AND c.relkind = 'r'
    AND c.oid::regclass::text NOT IN ('_timescaledb_config.bgw_job', '_timescaledb_catalog.tablespace')

UNION ALL
-- A large object in pieces of 1 MiB: it may be larger than a value can be.
SELECT
    0, format('large object %s', l.oid),
    format(
        'COPY (WITH RECURSIVE piece AS ('
        'SELECT 0::bigint AS place, octet_length(bytes) AS length, md5(bytes) AS digest FROM lo_get(%1$s, 0, 1048576) AS bytes '
        'UNION ALL '
        'SELECT place + 1, octet_length(bytes), md5(bytes) FROM piece, lo_get(%1$s, (place + 1) * 1048576, 1048576) AS bytes WHERE length = 1048576'
        ') SELECT place, length, digest FROM piece) TO STDOUT',
        l.oid
    )
FROM pg_largeobject_metadata AS l
ORDER BY 1 DESC, 2;
