-- Foreign keys that nothing enforces at the moment, for their triggers are disabled: rows may break them, and a restore,
-- which makes each key anew over all rows, ends at the first. Those that are NOT VALID are restored so. Told is the key that
-- somebody made, not its copies on partitions and chunks.
WITH RECURSIVE disabled (oid) AS (
    SELECT tgconstraint FROM pg_trigger WHERE tgenabled IN ('D', 'R')
    UNION
    SELECT c.conparentid FROM disabled JOIN pg_constraint AS c ON c.oid = disabled.oid WHERE c.conparentid <> 0
),

key AS (
    SELECT
        c.*, format('%I of %s', c.conname, c.conrelid::regclass) AS name,
        -- One statement tells what breaks a key only where no other table's rows count with these.
        c.confmatchtype = 's' AND NOT EXISTS (
            SELECT FROM pg_class AS r WHERE r.oid IN (c.conrelid, c.confrelid) AND (r.relkind <> 'r' OR r.relhassubclass)
        ) AS is_plain
    FROM disabled
    JOIN pg_constraint AS c ON c.oid = disabled.oid
    WHERE
        c.contype = 'f' AND c.convalidated AND c.conparentid = 0
        AND NOT EXISTS (
            SELECT FROM pg_inherits AS i
            JOIN pg_constraint AS p ON p.conrelid = i.inhparent AND p.contype = 'f' AND p.confrelid = c.confrelid
            JOIN disabled AS d ON d.oid = p.oid
            WHERE i.inhrelid = c.conrelid
        )
),

looked AS (
    SELECT
        key.name, key.is_plain,
        format(
            'SELECT count(*) FROM %s AS a WHERE %s AND NOT EXISTS (SELECT FROM %s AS b WHERE %s)',
            key.conrelid::regclass, string_agg(format('a.%I IS NOT NULL', a.attname), ' AND ' ORDER BY part.number),
            key.confrelid::regclass, string_agg(format('b.%I = a.%I', b.attname, a.attname), ' AND ' ORDER BY part.number)
        ) AS look
    FROM key
    CROSS JOIN LATERAL unnest(key.conkey, key.confkey) WITH ORDINALITY AS part (from_column, to_column, number)
    JOIN pg_attribute AS a ON a.attrelid = key.conrelid AND a.attnum = part.from_column
    JOIN pg_attribute AS b ON b.attrelid = key.confrelid AND b.attnum = part.to_column
    GROUP BY key.name, key.is_plain, key.conrelid, key.confrelid
),

listed AS (
    SELECT
        count(*) AS number,
        array_to_string((array_agg(name ORDER BY name))[1:5], ', ')
        || CASE WHEN count(*) > 5 THEN format(' and %s more', count(*) - 5) ELSE '' END AS names,
        (array_agg(look ORDER BY name) FILTER (WHERE is_plain))[1] AS look
    FROM looked
)

SELECT
    CASE WHEN number = 0 THEN 'pass' ELSE 'warn' END,
    CASE
        WHEN number = 0 THEN 'Every foreign key that is valid is enforced.'
        ELSE format('Foreign keys with disabled triggers: %s. The restore ends where a row breaks one.', names)
    END,
    CASE WHEN number > 0 THEN
        'Mend or delete the rows that break them' || coalesce(', which for one are counted by: ' || look, '') || '.'
    END
FROM listed;
