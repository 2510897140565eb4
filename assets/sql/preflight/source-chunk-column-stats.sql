-- Chunk skipping stands in the catalog with chunk 0, which no foreign key finds: the row's restore fails (TimescaleDB
-- issue 8130; seen with 2.18.2 and 2.19.3).
SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'timescaledb') AS has_timescaledb
\gset
\if :has_timescaledb
WITH skipping AS (
    SELECT format('%I.%I (%I)', h.schema_name, h.table_name, s.column_name) AS name
    FROM _timescaledb_catalog.chunk_column_stats AS s
    LEFT JOIN _timescaledb_catalog.hypertable AS h ON h.id = s.hypertable_id
    WHERE s.chunk_id = 0
),

listed AS (
    SELECT
        count(*) AS number,
        array_to_string((array_agg(name ORDER BY name))[1:5], ', ')
        || CASE WHEN count(*) > 5 THEN format(' and %s more', count(*) - 5) ELSE '' END AS names
    FROM skipping
)

SELECT
    CASE WHEN number = 0 THEN 'pass' ELSE 'fail' END,
    CASE
        WHEN number = 0 THEN 'Chunk skipping is on for no column.'
        ELSE format('Chunk skipping is on for %s: the restore of its catalog rows violates a foreign key and ends.', names)
    END
FROM listed;
\else
SELECT 'pass', 'The database has no TimescaleDB.';
\endif
