-- What lies in a tablespace of its own is restored beside all else.
WITH placed (tablespace, name) AS (
    SELECT dattablespace, 'the database' FROM pg_database WHERE datname = current_database()
    UNION ALL
    SELECT reltablespace, oid::regclass::text FROM pg_class WHERE reltablespace <> 0 AND NOT relisshared AND relpersistence <> 't' AND relkind <> 't'
),

away AS (
    SELECT format('%s in %I', p.name, t.spcname) AS what
    FROM placed AS p
    JOIN pg_tablespace AS t ON t.oid = p.tablespace
    WHERE t.spcname NOT IN ('pg_default', 'pg_global')
)

SELECT
    CASE WHEN count(*) = 0 THEN 'pass' ELSE 'warn' END,
    CASE
        WHEN count(*) = 0 THEN 'All is in pg_default.'
        ELSE format(
            'In tablespaces of their own: %s%s. The restore leaves tablespaces out: on the target all is on the data volume.',
            array_to_string((array_agg(what ORDER BY what))[1:5], ', '), CASE WHEN count(*) > 5 THEN format(' and %s more', count(*) - 5) END
        )
    END
FROM away;
