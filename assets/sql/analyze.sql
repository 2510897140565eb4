-- Statistics, which a dump does not hold. Not of foreign tables, nor of a table that has one among its children: that
-- would ask other servers for rows.
WITH RECURSIVE over_foreign AS (
    SELECT oid FROM pg_class WHERE relkind = 'f'
    UNION
    SELECT i.inhparent
    FROM over_foreign AS o
    JOIN pg_inherits AS i ON i.inhrelid = o.oid
)

SELECT format('ANALYZE %s', c.oid::regclass)
FROM pg_class AS c
JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE
    c.relkind IN ('r', 'p', 'm') AND c.relpersistence <> 't' AND n.nspname !~ '^pg_toast'
    AND c.oid NOT IN (SELECT oid FROM over_foreign)
ORDER BY c.oid
\gexec
