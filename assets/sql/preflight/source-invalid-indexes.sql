-- Indexes that no query uses, mostly of a CREATE INDEX CONCURRENTLY that failed. Those of a partitioned table are dumped.
WITH invalid AS (
    SELECT format('%s of %s', i.indexrelid::regclass, i.indrelid::regclass) AS name
    FROM pg_index AS i
    JOIN pg_class AS c ON c.oid = i.indrelid
    WHERE NOT i.indisvalid AND c.relkind IN ('r', 'm', 'p')
),

listed AS (
    SELECT
        count(*) AS number,
        array_to_string((array_agg(name ORDER BY name))[1:5], ', ')
        || CASE WHEN count(*) > 5 THEN format(' and %s more', count(*) - 5) ELSE '' END AS names
    FROM invalid
)

SELECT
    CASE WHEN number = 0 THEN 'pass' ELSE 'warn' END,
    CASE
        WHEN number = 0 THEN 'Every index is valid.'
        ELSE format('Invalid indexes: %s. The target will not have them; those of a partitioned table it will have invalid.', names)
    END
FROM listed;
