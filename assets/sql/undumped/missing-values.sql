-- Writes the statements that give compressed chunks the values of columns that were added to them after they were
-- compressed. ALTER TABLE ... ADD COLUMN ... DEFAULT writes no row: the value stands in pg_attribute alone, and pg_dump,
-- which reads compressed batches as they are, leaves it behind. Without it those rows read NULL after the restore.
-- The value is set as pg_upgrade sets it (attmissingval), by way of a table that has it from a DEFAULT of its own.
SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'timescaledb') AS has_chunks
\gset
\if :has_chunks
SELECT 'SET allow_system_table_mods = on;';

SELECT format(
    'CREATE TEMP TABLE cutover_missing_value (); '
    'ALTER TABLE cutover_missing_value ADD COLUMN value %s DEFAULT %L; '
    'UPDATE pg_attribute AS chunk SET atthasmissing = TRUE, attmissingval = donor.attmissingval FROM pg_attribute AS donor '
    'WHERE donor.attrelid = ''pg_temp.cutover_missing_value''::regclass AND donor.attname = ''value'' '
    'AND chunk.attrelid = %L::regclass AND chunk.attname = %L; '
    'DROP TABLE cutover_missing_value;',
    format_type(a.atttypid, a.atttypmod), (a.attmissingval::text::text[])[1],
    format('%I.%I', k.schema_name, k.table_name), a.attname
)
FROM _timescaledb_catalog.chunk AS k
JOIN pg_attribute AS a ON a.attrelid = format('%I.%I', k.schema_name, k.table_name)::regclass
WHERE k.compressed_chunk_id IS NOT NULL AND a.atthasmissing AND NOT a.attisdropped
ORDER BY k.id, a.attnum;
\endif
