-- Writes the statements that take the row count and digest of each relation, the largest first: size, name, statement.
-- A digest is the sum of a 64-bit hash of each row's text (91 MB/s a core, where md5 does 59): it needs no order, and a
-- row that is there twice does not cancel out. Every statement gives name, rows, digest.
-- A superuser runs them, so they run nothing of a user's: the text of a row is the server's own (record_out), which no cast
-- changes, of a row made of its columns, which no column that is called like the row hides.
WITH ours AS (
    SELECT c.oid, c.relkind, c.relispopulated, c.oid::regclass::text AS name, pg_table_size(c.oid) AS size
    FROM pg_class AS c
    JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE
        c.relkind IN ('r', 'm', 'p') AND c.relpersistence <> 't'
        AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
        AND NOT EXISTS (
            SELECT FROM pg_depend AS d
            WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e'
        )
),

statement (size, name, source) AS (
    -- Each table by itself: with ONLY a chunk gives its own rows, and a compressed chunk its compressed batches.
    SELECT size, name, format('ONLY %s', name) FROM ours WHERE relkind = 'r'

    UNION ALL
    -- A partitioned table through its root: its rows are all there to be read. Not where a partition is a foreign table,
    -- whose rows no dump holds.
    SELECT size, name, name FROM ours
    WHERE
        relkind = 'p' AND oid NOT IN (SELECT inhrelid FROM pg_inherits)
        AND NOT EXISTS (
            SELECT FROM pg_partition_tree(oid) AS part
            JOIN pg_class AS leaf ON leaf.oid = part.relid
            WHERE leaf.relkind = 'f'
        )

    UNION ALL
    -- What a materialized view has stored: its query is its owner's code, and a superuser runs none of it on the source.
    SELECT size, format('materialized view %s', name), name FROM ours WHERE relkind = 'm' AND relispopulated

    UNION ALL
    -- An extension's tables, whole: rows that its script made may have been changed since. Of TimescaleDB's own, what it has
    -- dumped: its jobs are compared field by field in timescaledb.sql, for their owner may change, and tablespaces stay behind.
    SELECT pg_table_size(c.oid), c.oid::regclass::text, format('ONLY %s', c.oid::regclass)
    FROM pg_depend AS d
    JOIN pg_class AS c ON c.oid = d.objid AND c.relkind = 'r' AND c.relpersistence <> 't'
    JOIN pg_extension AS e ON e.oid = d.refobjid
    WHERE
        d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e'
        AND e.extname <> 'timescaledb'

    UNION ALL
    SELECT
        pg_table_size(config.oid), config.oid::regclass::text,
        format('(SELECT * FROM ONLY %s %s)', config.oid::regclass, e.extcondition[config.place])
    FROM pg_extension AS e
    CROSS JOIN LATERAL unnest(e.extconfig) WITH ORDINALITY AS config (oid, place)
    JOIN pg_class AS c ON c.oid = config.oid
    WHERE
        e.extname = 'timescaledb' AND c.relkind = 'r'
        AND c.oid::regclass::text NOT IN ('_timescaledb_config.bgw_job', '_timescaledb_catalog.tablespace')
)

SELECT
    size,
    format(
        'SELECT %L, count(*), coalesce(sum(hashtextextended(textin(record_out(ROW(r.*))), 0)::numeric), 0) FROM %s AS r',
        name, source
    )
FROM statement

UNION ALL
-- A large object in pieces of 1 MiB: it may be larger than a value can be.
SELECT
    0,
    format(
        'WITH RECURSIVE piece AS ('
        'SELECT 0::bigint AS place, octet_length(bytes) AS length, hashtextextended(md5(bytes), 0) AS hash FROM lo_get(%1$s, 0, 1048576) AS bytes '
        'UNION ALL '
        'SELECT place + 1, octet_length(bytes), hashtextextended(md5(bytes), place + 1) '
        'FROM piece, lo_get(%1$s, (place + 1) * 1048576, 1048576) AS bytes WHERE length = 1048576'
        ') SELECT %2$L, sum(length), sum(hash::numeric) FROM piece',
        l.oid, format('large object %s', l.oid)
    )
FROM pg_largeobject_metadata AS l
ORDER BY 1 DESC, 2;
