-- The tables that hold the application's rows (leaf), each with the table through which it writes them (root), and for a
-- chunk the relation that holds its compressed batches. Not what is derived (materialized views, what continuous
-- aggregates store), nor TimescaleDB's own; of other extensions only what they would have dumped.
CREATE TEMP TABLE leaf AS
SELECT
    c.oid AS relation, CASE WHEN c.relispartition THEN pg_partition_root(c.oid) ELSE c.oid END::oid AS root,
    NULL::oid AS compressed
FROM pg_class AS c
JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE
    c.relkind = 'r' AND c.relpersistence <> 't'
    AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    -- A chunk lies in one of TimescaleDB's schemas, and is added below; a user may have a schema of a name like theirs.
    AND NOT EXISTS (
        SELECT FROM pg_depend AS d JOIN pg_extension AS e ON d.refclassid = 'pg_extension'::regclass AND e.oid = d.refobjid
        WHERE d.classid = 'pg_namespace'::regclass AND d.objid = n.oid AND d.deptype = 'e' AND e.extname = 'timescaledb'
    )
    AND (
        NOT EXISTS (SELECT FROM pg_depend AS d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
        OR EXISTS (SELECT FROM pg_extension AS e WHERE c.oid = ANY (e.extconfig))
    );
CREATE TEMP TABLE hypertable (relation oid, id integer, time_column name, slice bigint, is_compressed boolean);
SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'timescaledb') AS has_chunks
\gset
\if :has_chunks
CREATE TEMP VIEW chunk AS
SELECT
    to_regclass(format('%I.%I', k.schema_name, k.table_name))::oid AS relation,
    to_regclass(format('%I.%I', h.schema_name, h.table_name))::oid AS root,
    to_regclass(quote_ident(z.schema_name) || '.' || quote_ident(z.table_name))::oid AS compressed,
    -- State 2 is the inner table of compressed batches.
    h.compression_state = 2 OR EXISTS (SELECT FROM _timescaledb_catalog.continuous_agg AS a WHERE a.mat_hypertable_id = h.id) AS is_derived
FROM _timescaledb_catalog.chunk AS k
JOIN _timescaledb_catalog.hypertable AS h ON h.id = k.hypertable_id
LEFT JOIN _timescaledb_catalog.chunk AS z ON z.id = k.compressed_chunk_id
WHERE NOT k.dropped;
-- A chunk may lie in any schema.
DELETE FROM leaf USING chunk WHERE leaf.relation = chunk.relation;
INSERT INTO leaf
SELECT chunk.relation, chunk.root, chunk.compressed
FROM chunk
JOIN pg_class AS c ON c.oid = chunk.relation
WHERE c.relkind = 'r' AND NOT chunk.is_derived;
INSERT INTO hypertable
SELECT
    to_regclass(format('%I.%I', h.schema_name, h.table_name)), h.id,
    CASE WHEN d.partitioning_func IS NULL THEN d.column_name END, d.interval_length,
    EXISTS (SELECT FROM _timescaledb_catalog.chunk AS k WHERE k.hypertable_id = h.id AND k.compressed_chunk_id IS NOT NULL)
FROM _timescaledb_catalog.hypertable AS h
JOIN _timescaledb_catalog.dimension AS d ON d.hypertable_id = h.id AND d.interval_length IS NOT NULL;
\endif

-- The statistics' counters go on from their last reset; a server that crashed begins them anew.
CREATE TEMP VIEW counters_since AS
SELECT concat_ws(' ', d.stats_reset, b.stats_reset) AS reset
FROM pg_stat_database AS d
CROSS JOIN pg_stat_bgwriter AS b
WHERE d.datname = current_database();

CREATE TEMP VIEW sequence_state AS
SELECT c.oid::regclass::text AS name, s.last_value AS value
FROM pg_sequences AS s
JOIN pg_class AS c ON c.oid = format('%I.%I', s.schemaname, s.sequencename)::regclass
WHERE
    s.last_value IS NOT NULL AND c.relpersistence <> 't'
    AND NOT EXISTS (SELECT FROM pg_depend AS d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e');
