-- How many columns undumped/missing-values.sql will write statements for.
SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'timescaledb') AS has_timescaledb
\gset
\if :has_timescaledb
SELECT
    'pass',
    CASE
        WHEN count(*) = 0 THEN 'No column was added with a DEFAULT to a compressed chunk.'
        ELSE format(
            'Columns of compressed chunks whose value for older rows no dump carries: %s, in %s chunks. The run carries them by itself.',
            count(*), count(DISTINCT k.id)
        )
    END
FROM _timescaledb_catalog.chunk AS k
JOIN pg_attribute AS a ON a.attrelid = to_regclass(format('%I.%I', k.schema_name, k.table_name))
WHERE k.compressed_chunk_id IS NOT NULL AND a.atthasmissing AND NOT a.attisdropped;
\else
SELECT 'pass', 'The database has no TimescaleDB.';
\endif
