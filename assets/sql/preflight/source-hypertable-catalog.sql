-- TimescaleDB's catalog of hypertables and continuous aggregates: what lacks its table, its threshold or its watermark
-- can neither be refreshed nor be queried; a sequence that lags behind gives an id a second time.
SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'timescaledb') AS has_timescaledb
\gset
\if :has_timescaledb
WITH counter (name, last_value, highest) AS (
    SELECT 'hypertable_id_seq', last_value, (SELECT max(id) FROM _timescaledb_catalog.hypertable) FROM _timescaledb_catalog.hypertable_id_seq
    UNION ALL
    SELECT 'dimension_id_seq', last_value, (SELECT max(id) FROM _timescaledb_catalog.dimension) FROM _timescaledb_catalog.dimension_id_seq
    UNION ALL
    SELECT 'dimension_slice_id_seq', last_value, (SELECT max(id) FROM _timescaledb_catalog.dimension_slice) FROM _timescaledb_catalog.dimension_slice_id_seq
    UNION ALL
    SELECT 'chunk_id_seq', last_value, (SELECT max(id) FROM _timescaledb_catalog.chunk) FROM _timescaledb_catalog.chunk_id_seq
    UNION ALL
    SELECT 'bgw_job_id_seq', last_value, (SELECT max(id) FROM _timescaledb_config.bgw_job WHERE id >= 1000) FROM _timescaledb_config.bgw_job_id_seq
),

aggregate AS (
    SELECT
        c.*, format('continuous aggregate %I.%I', user_view_schema, user_view_name) AS name,
        to_regclass(format('%I.%I', user_view_schema, user_view_name)) IS NULL
        OR to_regclass(format('%I.%I', partial_view_schema, partial_view_name)) IS NULL
        OR to_regclass(format('%I.%I', direct_view_schema, direct_view_name)) IS NULL AS lacks_view
    FROM _timescaledb_catalog.continuous_agg AS c
),

problem AS (
    SELECT format('%s stands at %s, behind %s', name, last_value, highest) AS fault FROM counter WHERE last_value < highest
    UNION ALL
    SELECT format('hypertable %I.%I has no table', schema_name, table_name)
    FROM _timescaledb_catalog.hypertable
    WHERE to_regclass(format('%I.%I', schema_name, table_name)) IS NULL
    UNION ALL
    SELECT name || ' lacks one of its views' FROM aggregate WHERE lacks_view
    UNION ALL
    SELECT name || ' has no invalidation threshold'
    FROM aggregate
    WHERE raw_hypertable_id NOT IN (SELECT hypertable_id FROM _timescaledb_catalog.continuous_aggs_invalidation_threshold)
    UNION ALL
    SELECT name || ' has no watermark'
    FROM aggregate
    WHERE mat_hypertable_id NOT IN (SELECT mat_hypertable_id FROM _timescaledb_catalog.continuous_aggs_watermark)
),

listed AS (
    SELECT
        count(*) AS number,
        array_to_string((array_agg(fault ORDER BY fault))[1:5], '; ')
        || CASE WHEN count(*) > 5 THEN format('; and %s more', count(*) - 5) ELSE '' END AS faults
    FROM problem
)

SELECT
    CASE WHEN number = 0 THEN 'pass' ELSE 'fail' END,
    CASE
        WHEN number = 0
            THEN format(
                'Hypertables: %s, continuous aggregates: %s, each whole in the catalog.',
                (SELECT count(*) FROM _timescaledb_catalog.hypertable), (SELECT count(*) FROM aggregate)
            )
        ELSE format('TimescaleDB''s catalog is broken: %s.', faults)
    END
FROM listed;
\else
SELECT 'pass', 'The database has no TimescaleDB.';
\endif
