-- Tables without WAL: a dump carries their rows, a crash and a backup do not.
WITH found AS (
    SELECT oid::regclass::text AS name
    FROM pg_class
    WHERE relpersistence = 'u' AND relkind = 'r'
),

listed AS (
    SELECT
        count(*) AS number,
        array_to_string((array_agg(name ORDER BY name))[1:5], ', ')
        || CASE WHEN count(*) > 5 THEN format(' and %s more', count(*) - 5) ELSE '' END AS names
    FROM found
)

SELECT
    CASE WHEN number = 0 THEN 'pass' ELSE 'warn' END,
    CASE
        WHEN number = 0 THEN 'No table is unlogged.'
        ELSE format('Unlogged tables: %s. Their rows are in the dump, but in no backup, and a crash of either server empties them.', names)
    END
FROM listed;
