-- How much there is to move, where most of it is, and the largest relation: pg_dump and pg_restore split no relation.
SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'timescaledb') AS has_hypertables
\gset
\if :has_hypertables
WITH hypertable AS (
    SELECT
        h.id,
        format('%I.%I', h.schema_name, h.table_name) AS name,
        sum(pg_total_relation_size(to_regclass(quote_ident(c.schema_name) || '.' || quote_ident(c.table_name))))::bigint AS bytes
    FROM _timescaledb_catalog.hypertable AS h
    -- What is compressed lies in the chunks of a hypertable of its own.
    LEFT JOIN _timescaledb_catalog.chunk AS c ON c.hypertable_id IN (h.id, h.compressed_hypertable_id) AND NOT c.dropped
    WHERE NOT EXISTS (SELECT FROM _timescaledb_catalog.hypertable AS u WHERE u.compressed_hypertable_id = h.id)
    GROUP BY h.id
),

ranked AS (
    SELECT name, coalesce(bytes, 0) AS bytes, row_number() OVER (ORDER BY bytes DESC NULLS LAST, name) AS place FROM hypertable
)

SELECT
    format('%s hypertables', count(*))
    || coalesce(' (' || string_agg(format('%s %s', name, pg_size_pretty(bytes)), ', ' ORDER BY place) FILTER (WHERE place <= 3) || ')', '')
    || ', ' AS hypertables
FROM ranked
\gset
\else
\set hypertables ''
\endif

WITH biggest AS (
    SELECT oid::regclass AS name, pg_table_size(oid) AS bytes
    FROM pg_class
    WHERE relkind IN ('r', 'm')
    ORDER BY bytes DESC NULLS LAST
    LIMIT 1
),

whole AS (
    SELECT pg_database_size(current_database()) AS bytes
)

SELECT
    CASE WHEN b.bytes > w.bytes / 2 THEN 'warn' ELSE 'pass' END,
    format(
        'The database has %s: %slargest relation %s with %s (%s %%)%s', pg_size_pretty(w.bytes), :'hypertables', b.name,
        pg_size_pretty(b.bytes), round(100.0 * b.bytes / w.bytes), CASE
            WHEN b.bytes > w.bytes / 2 THEN ', which one job alone dumps and restores.'
            ELSE '.'
        END
    )
FROM whole AS w
CROSS JOIN biggest AS b;
