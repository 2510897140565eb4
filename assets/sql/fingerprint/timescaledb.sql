-- What TimescaleDB keeps in tables of its own, a line for every field that a restore must bring back: hypertables,
-- dimensions, chunks, compression settings, continuous aggregates, jobs. Ids are the same on both sides, because the
-- catalog's rows are restored as they are.
WITH entry (object, fields) AS (
    -- While a restore is on, queries leave out compressed rows.
    SELECT 'database', jsonb_build_object('timescaledb.restoring', current_setting('timescaledb.restoring', TRUE))
    UNION ALL
    SELECT format('hypertable %I.%I', h.schema_name, h.table_name), to_jsonb(h) FROM _timescaledb_catalog.hypertable AS h
    UNION ALL
    SELECT format('dimension %I of hypertable %I.%I', d.column_name, h.schema_name, h.table_name), to_jsonb(d)
    FROM _timescaledb_catalog.dimension AS d
    JOIN _timescaledb_catalog.hypertable AS h ON h.id = d.hypertable_id
    UNION ALL
    SELECT format('chunk %I.%I', k.schema_name, k.table_name), to_jsonb(k) FROM _timescaledb_catalog.chunk AS k
    UNION ALL
    SELECT format('compression settings of %s', s.relid), to_jsonb(s) FROM _timescaledb_catalog.compression_settings AS s
    UNION ALL
    SELECT format('continuous aggregate %I.%I', a.user_view_schema, a.user_view_name), to_jsonb(a) FROM _timescaledb_catalog.continuous_agg AS a
    UNION ALL
    SELECT format('job %s (%s)', j.id, j.application_name), to_jsonb(j) - 'owner' FROM _timescaledb_config.bgw_job AS j
    UNION ALL
    -- The jobs below 1000 are the extension's own, and so is their owner.
    SELECT format('job %s (%s)', j.id, j.application_name), jsonb_build_object('owner', pg_get_userbyid(j.owner)) FROM _timescaledb_config.bgw_job AS j
    WHERE j.id >= 1000
    UNION ALL
    -- One that is at work has none.
    SELECT format('job %s (%s)', j.id, j.application_name), jsonb_build_object('next start', s.next_start AT TIME ZONE 'UTC')
    FROM _timescaledb_config.bgw_job AS j
    JOIN _timescaledb_internal.bgw_job_stat AS s ON s.job_id = j.id
    WHERE j.id >= 1000 AND isfinite(s.next_start)
    UNION ALL
    SELECT
        format('chunk %I.%I', k.schema_name, k.table_name),
        -- What a column that was added to a compressed chunk gives for its older rows: it stands in the catalog alone.
        jsonb_object_agg(
            format('missing value of %I', a.attname), encode(sha256(convert_to(:'salt' || a.attmissingval::text, 'UTF8')), 'hex')
        )
    FROM _timescaledb_catalog.chunk AS k
    JOIN pg_attribute AS a ON a.attrelid = to_regclass(format('%I.%I', k.schema_name, k.table_name))
    WHERE k.compressed_chunk_id IS NOT NULL AND a.atthasmissing AND NOT a.attisdropped
    GROUP BY k.schema_name, k.table_name
    UNION ALL
    SELECT
        format('chunk %I.%I', k.schema_name, k.table_name),
        jsonb_object_agg(format('constraint %s', c.constraint_name), format('%s, slice %s to %s', c.hypertable_constraint_name, s.range_start, s.range_end))
    FROM _timescaledb_catalog.chunk_constraint AS c
    JOIN _timescaledb_catalog.chunk AS k ON k.id = c.chunk_id
    LEFT JOIN _timescaledb_catalog.dimension_slice AS s ON s.id = c.dimension_slice_id
    GROUP BY k.schema_name, k.table_name
)

SELECT e.object, field.key, field.value
FROM entry AS e
CROSS JOIN LATERAL jsonb_each_text(e.fields) AS field
WHERE field.value IS NOT NULL;
