-- Foreign keys that nothing enforces at the moment, for their triggers are disabled: rows may break them, and a restore,
-- which makes each key anew over all rows, ends at the first. Those that are NOT VALID are restored so.
WITH key AS (
    SELECT
        c.oid, format('%I of %s', c.conname, c.conrelid::regclass) AS name,
        format(
            'SELECT count(*) FROM %s AS a WHERE %s AND NOT EXISTS (SELECT FROM %s AS b WHERE %s)',
            c.conrelid::regclass, string_agg(format('a.%I IS NOT NULL', a.attname), ' AND ' ORDER BY part.number),
            c.confrelid::regclass, string_agg(format('b.%I = a.%I', b.attname, a.attname), ' AND ' ORDER BY part.number)
        ) AS look
    FROM pg_constraint AS c
    CROSS JOIN LATERAL unnest(c.conkey, c.confkey) WITH ORDINALITY AS part (from_column, to_column, number)
    JOIN pg_attribute AS a ON a.attrelid = c.conrelid AND a.attnum = part.from_column
    JOIN pg_attribute AS b ON b.attrelid = c.confrelid AND b.attnum = part.to_column
    WHERE
        c.contype = 'f' AND c.convalidated
        AND EXISTS (SELECT FROM pg_trigger AS t WHERE t.tgconstraint = c.oid AND t.tgenabled IN ('D', 'R'))
    GROUP BY c.oid
),

listed AS (
    SELECT
        count(*) AS number,
        array_to_string((array_agg(name ORDER BY name))[1:5], ', ')
        || CASE WHEN count(*) > 5 THEN format(' and %s more', count(*) - 5) ELSE '' END AS names,
        array_to_string((array_agg(look ORDER BY name))[1:5], '; ') AS looks
    FROM key
)

SELECT
    CASE WHEN number = 0 THEN 'pass' ELSE 'warn' END,
    CASE
        WHEN number = 0 THEN 'Every foreign key that is valid is enforced.'
        ELSE format('Foreign keys with disabled triggers: %s. The restore ends where a row breaks one.', names)
    END,
    'Count the rows that break them, and mend or delete those: ' || looks || '.'
FROM listed;
