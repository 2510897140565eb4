-- TimescaleDB's catalog of chunks against the tables that there are. What is broken here, a restore carries over as it is,
-- or ends at.
SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'timescaledb') AS has_timescaledb
\gset
\if :has_timescaledb
WITH entry AS (
    SELECT
        k.*, format('%I.%I', k.schema_name, k.table_name) AS name, h.num_dimensions, h.compression_state = 2 AS compressed,
        to_regclass(format('%I.%I', k.schema_name, k.table_name)) AS relation,
        to_regclass(format('%I.%I', h.schema_name, h.table_name)) AS hypertable,
        (
            SELECT count(*)
            FROM _timescaledb_catalog.chunk_constraint AS c
            JOIN _timescaledb_catalog.dimension_slice AS s ON s.id = c.dimension_slice_id
            WHERE c.chunk_id = k.id
        ) AS slices
    FROM _timescaledb_catalog.chunk AS k
    LEFT JOIN _timescaledb_catalog.hypertable AS h ON h.id = k.hypertable_id
),

problem AS (
    SELECT
        name, CASE
            WHEN dropped AND relation IS NOT NULL THEN 'is dropped in the catalog, and there as a table'
            WHEN dropped THEN NULL
            WHEN relation IS NULL THEN 'has no table'
            WHEN hypertable IS NULL THEN 'has no hypertable'
            WHEN NOT compressed AND slices <> num_dimensions THEN format('has %s of %s dimension slices', slices, num_dimensions)
            WHEN
                NOT compressed AND NOT osm_chunk
                AND NOT EXISTS (SELECT FROM pg_inherits WHERE inhrelid = relation AND inhparent = hypertable)
                THEN format('is no child of %s', hypertable)
            WHEN
                compressed_chunk_id IS NULL AND status & 1 = 1
                OR compressed_chunk_id IS NOT NULL
                AND NOT EXISTS (SELECT FROM entry AS c WHERE c.id = e.compressed_chunk_id AND NOT c.dropped AND c.relation IS NOT NULL)
                THEN 'has lost its compressed chunk'
        END AS fault
    FROM entry AS e
    UNION ALL
    SELECT i.inhrelid::regclass::text, format('is a child of %s, and not in the catalog', i.inhparent::regclass)
    FROM _timescaledb_catalog.hypertable AS h
    JOIN pg_inherits AS i ON i.inhparent = to_regclass(format('%I.%I', h.schema_name, h.table_name))
    WHERE NOT EXISTS (SELECT FROM entry AS e WHERE e.relation = i.inhrelid)
),

listed AS (
    SELECT
        count(*) AS number,
        array_to_string((array_agg(name || ' ' || fault ORDER BY name))[1:5], '; ')
        || CASE WHEN count(*) > 5 THEN format('; and %s more', count(*) - 5) ELSE '' END AS names
    FROM problem
    WHERE fault IS NOT NULL
)

SELECT
    CASE WHEN number = 0 THEN 'pass' ELSE 'fail' END,
    CASE
        WHEN number = 0
            THEN format('Chunks: %s, each with its table and its dimension slices.', (SELECT count(*) FROM entry WHERE NOT dropped))
        ELSE format('Broken chunks: %s.', names)
    END
FROM listed;
\else
SELECT 'pass', 'The database has no TimescaleDB.';
\endif
