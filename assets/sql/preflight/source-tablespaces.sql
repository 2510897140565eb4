-- What lies in a tablespace of its own, or will: the new chunks of a hypertable with attached ones. It is restored beside all
-- else.
\set attached '[]'
SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'timescaledb') AS has_hypertables
\gset
\if :has_hypertables
SELECT coalesce(json_agg(format('new chunks of %I.%I in %I', h.schema_name, h.table_name, t.tablespace_name)), '[]') AS attached
FROM _timescaledb_catalog.tablespace AS t
JOIN _timescaledb_catalog.hypertable AS h ON h.id = t.hypertable_id
\gset
\endif
WITH placed (tablespace, name) AS (
    SELECT dattablespace, 'the database' FROM pg_database WHERE datname = current_database()
    UNION ALL
    SELECT reltablespace, oid::regclass::text FROM pg_class WHERE reltablespace <> 0 AND NOT relisshared AND relpersistence <> 't' AND relnamespace <> 'pg_toast'::regnamespace
),

away AS (
    SELECT 2 AS place, format('%s in %I', p.name, t.spcname) AS what
    FROM placed AS p
    JOIN pg_tablespace AS t ON t.oid = p.tablespace
    WHERE t.spcname NOT IN ('pg_default', 'pg_global')
    UNION ALL
    SELECT 1, json_array_elements_text(:'attached'::json)
)

SELECT
    CASE WHEN count(*) = 0 THEN 'pass' ELSE 'warn' END,
    CASE
        WHEN count(*) = 0 THEN 'All is in pg_default.'
        ELSE format(
            'In tablespaces of their own: %s%s. The restore leaves tablespaces out: on the target all is on the data volume.',
            array_to_string((array_agg(what ORDER BY place, what))[1:5], ', '), CASE WHEN count(*) > 5 THEN format(' and %s more', count(*) - 5) END
        )
    END
FROM away;
