-- The same for each hypertable as a query sees it, through its root. Where a chunk is compressed the rows are digested
-- decompressed: a restore that left out timescaledb_post_restore() answers queries without them, in silence.
-- Elsewhere the chunks' own digests stand, and the count shows that the root sees them all.
SELECT
    h.root_size,
    format(
        'SELECT %L, count(*), %s FROM %s AS r', format('hypertable %s', h.name),
        CASE
            WHEN h.has_compressed_chunk THEN 'coalesce(sum(hashtextextended(textin(record_out(ROW(r.*))), 0)::numeric), 0)'
            ELSE 'NULL'
        END,
        h.name
    )
FROM (
    SELECT
        format('%I.%I', t.schema_name, t.table_name) AS name,
        EXISTS (
            SELECT FROM _timescaledb_catalog.chunk AS k
            WHERE k.hypertable_id = t.id AND k.compressed_chunk_id IS NOT NULL
        ) AS has_compressed_chunk,
        (
            SELECT coalesce(sum(pg_table_size(format('%I.%I', k.schema_name, k.table_name)::regclass)), 0)
            FROM _timescaledb_catalog.chunk AS k
            WHERE k.hypertable_id = t.id AND to_regclass(format('%I.%I', k.schema_name, k.table_name)) IS NOT NULL
        ) AS root_size
    FROM _timescaledb_catalog.hypertable AS t
    -- State 2 is the inner table that holds another hypertable's compressed chunks: nobody queries it.
    WHERE t.compression_state <> 2
) AS h
ORDER BY 1 DESC, 2;
