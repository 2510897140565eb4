-- Prints what was found as one line of JSON: the manifest, in which each relation has the statement yet that prints its
-- rows. A table has an entry for its exact rows, one for its whole leaves, and one for each leaf that no query is planned for:
-- how many rows that has is known when they are saved.
WITH part AS (
    SELECT
        finding.root, finding.kind, sum(finding.rows) AS rows, sum(finding.rows_in_file) AS rows_in_file, bool_and(finding.exact) AS exact,
        columns.names,
        -- OFFSET keeps the planner from merging the parts: TimescaleDB 2.18 leaves out the compressed rows of a merged one.
        string_agg(format(
            '(SELECT %s FROM %s%s%s OFFSET 0)', columns.list, CASE WHEN finding.kind = 'whole' AND leaf.compressed IS NOT NULL THEN '' ELSE 'ONLY ' END,
            finding.relation::regclass, CASE finding.kind WHEN 'new' THEN ' WHERE ' || pg_temp.is_new() ELSE '' END
        ), ' UNION ALL ' ORDER BY finding.relation) AS query
    FROM finding
    JOIN leaf USING (relation)
    CROSS JOIN LATERAL (
        SELECT array_agg(a.attname::text ORDER BY a.attnum) AS names, string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) AS list
        FROM pg_attribute AS a
        WHERE a.attrelid = finding.root AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
    ) AS columns
    WHERE columns.list IS NOT NULL AND finding.kind IN ('new', 'whole') AND finding.rows_in_file > 0 AND NOT (finding.exact AND finding.rows = 0)
    GROUP BY finding.root, finding.kind, columns.names
),

-- Large objects have no table that anybody writes to; they are saved whole.
large_object AS (
    SELECT count(*) AS rows, array_to_string(array_agg(m.oid), ',') AS list
    FROM pg_largeobject_metadata AS m
    WHERE pg_temp.is_new(m.xmin) OR EXISTS (SELECT FROM pg_largeobject AS l WHERE l.loid = m.oid AND pg_temp.is_new(l.xmin))
),

entry AS (
    SELECT
        part.root::regclass::text AS name, n.nspname AS schema, c.relname AS table, part.names AS columns, part.kind,
        part.rows, part.exact, part.rows_in_file AS "rowsInFile", format('COPY (%s) TO STDOUT', part.query) AS statement
    FROM part
    JOIN pg_class AS c ON c.oid = part.root
    JOIN pg_namespace AS n ON n.oid = c.relnamespace
    UNION ALL
    SELECT
        finding.root::regclass::text, n.nspname, c.relname, columns.names, finding.kind, finding.rows, finding.exact, NULL,
        format('COPY %s (%s) TO STDOUT', finding.relation::regclass, columns.list)
    FROM finding
    JOIN pg_class AS c ON c.oid = finding.root
    JOIN pg_namespace AS n ON n.oid = c.relnamespace
    CROSS JOIN LATERAL (
        SELECT array_agg(a.attname::text ORDER BY a.attnum) AS names, string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) AS list
        FROM pg_attribute AS a
        WHERE a.attrelid = finding.root AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
    ) AS columns
    WHERE columns.list IS NOT NULL AND finding.kind = 'unplanned'
    UNION ALL
    SELECT
        'large objects', NULL, NULL, ARRAY['oid', 'data'], 'large objects', rows, TRUE, rows,
        format('COPY (SELECT oid, lo_get(oid) FROM pg_largeobject_metadata WHERE oid IN (%s)) TO STDOUT', list)
    FROM large_object
    WHERE rows > 0
),

moved_sequence AS (
    SELECT s.name, s.value
    FROM sequence_state AS s
    CROSS JOIN document
    WHERE s.value IS DISTINCT FROM (document.body -> 'sequences' ->> s.name)::bigint
)

SELECT json_build_object(
    'cutoverRun', document.body ->> 'run',
    'relations', (SELECT coalesce(json_agg(entry ORDER BY entry.name, entry.kind), '[]') FROM entry),
    'sequences', (SELECT coalesce(json_agg(moved_sequence ORDER BY name), '[]') FROM moved_sequence),
    'deletesNotSaved', (
        SELECT coalesce(json_agg(gone ORDER BY gone.name), '[]')
        FROM (SELECT root::regclass AS name, sum(deletes) AS rows FROM finding GROUP BY root HAVING sum(deletes) > 0) AS gone
    )
)
FROM document;
