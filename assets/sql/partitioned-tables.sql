-- The foreign keys of hypertables and chunks, as a dump's table of contents begins them (it writes a line feed as a blank).
SELECT format(' FK CONSTRAINT %s %s ', translate(schema_name, E'\n\r', '  '), translate(table_name, E'\n\r', '  '))
FROM (
    SELECT schema_name, table_name FROM _timescaledb_catalog.hypertable
    UNION ALL
    SELECT schema_name, table_name FROM _timescaledb_catalog.chunk
) AS partitioned;
