-- Compares the fingerprints of source and target (directory: where their files are) and prints what differs, as JSON.
-- encoding: the files'. mode: preserve or reassign; owner: the role that reassign hands all objects to.
CREATE TEMP TABLE relation (side text, name text, rows numeric, digest text);
CREATE TEMP TABLE line (side text, object text, attribute text, value text);
CREATE TEMP TABLE privilege (side text, object text, owner text, grantee text, grantor text, privileges text);
CREATE TEMP TABLE sequence (side text, object text, last_value numeric, is_called boolean);

-- COPY's path takes no variable as it stands: format() quotes it.
SELECT
    format('ALTER TABLE pg_temp.%I ALTER side SET DEFAULT %L', file.into_table, file.side),
    format('COPY pg_temp.%I (%s) FROM %L (ENCODING %L)', file.into_table, file.columns, :'directory' || file.path, :'encoding')
FROM (VALUES
    (1, 'relation', 'name, rows, digest', 'source', '/source/relations'),
    (2, 'relation', 'name, rows, digest', 'target', '/target/relations'),
    (3, 'line', 'object, attribute, value', 'source', '/source/catalog'),
    (4, 'line', 'object, attribute, value', 'target', '/target/catalog'),
    (5, 'privilege', 'object, owner, grantee, grantor, privileges', 'source', '/source/privileges'),
    (6, 'privilege', 'object, owner, grantee, grantor, privileges', 'target', '/target/privileges'),
    (7, 'sequence', 'object, last_value, is_called', 'before', '/source/sequences-before'),
    (8, 'sequence', 'object, last_value, is_called', 'source', '/source/sequences'),
    (9, 'sequence', 'object, last_value, is_called', 'target', '/target/sequences')
) AS file (place, into_table, columns, side, path)
ORDER BY file.place
\gexec

-- What a change of owner makes of an object's privileges: the old owner's, given and had, become the new owner's, and
-- what is then there twice is there once (aclnewowner() of PostgreSQL).
CREATE TEMP VIEW expected_privilege AS
WITH item AS (
    SELECT
        s.object,
        CASE WHEN moved.is AND s.grantee = s.owner THEN new.owner ELSE s.grantee END AS grantee,
        CASE WHEN moved.is AND s.grantor = s.owner THEN new.owner ELSE s.grantor END AS grantor,
        rtrim(entry, '*') AS privilege,
        bool_or(entry LIKE '%*') AS is_grantable
    FROM privilege AS s
    LEFT JOIN (SELECT DISTINCT object, owner FROM privilege WHERE side = 'target') AS new USING (object)
    CROSS JOIN LATERAL (SELECT coalesce(s.owner <> new.owner, FALSE) AS is) AS moved
    LEFT JOIN LATERAL regexp_split_to_table(s.privileges, ', ') AS entry ON TRUE
    WHERE s.side = 'source'
    GROUP BY 1, 2, 3, 4
)

SELECT
    object, grantee, grantor,
    string_agg(privilege || CASE WHEN is_grantable THEN '*' ELSE '' END, ', ' ORDER BY privilege) AS privileges
FROM item
GROUP BY object, grantee, grantor;

-- Objects whose privileges on the target are exactly what the change of owner makes of the source's.
CREATE TEMP VIEW explained_object AS
SELECT object FROM privilege WHERE :'mode' = 'reassign' AND side = 'target' AND owner = :'owner'
EXCEPT
SELECT coalesce(e.object, t.object)
FROM expected_privilege AS e
FULL JOIN (SELECT * FROM privilege WHERE side = 'target') AS t
    ON t.object = e.object AND t.grantee = e.grantee AND t.grantor IS NOT DISTINCT FROM e.grantor
WHERE t.privileges IS DISTINCT FROM e.privileges OR t.object IS NULL OR e.object IS NULL;

CREATE TEMP VIEW difference AS
-- A continuous aggregate and its materialization share names with nothing: a line is named by object and attribute.
SELECT
    coalesce(s.object, t.object) AS object, coalesce(s.attribute, t.attribute) AS attribute,
    s.value AS source, t.value AS target,
    CASE
        WHEN :'mode' = 'reassign' AND s.attribute = 'owner' AND t.value = :'owner' THEN 'ownership reassigned to ' || :'owner'
        WHEN starts_with(coalesce(s.object, t.object), 'member ') AND coalesce(s.attribute, t.attribute) ~ '^(costs$|comment)'
            THEN 'a dump leaves it to the extension''s script: whoever changed it at the source does so again on the target'
    END AS because
FROM (SELECT * FROM line WHERE side = 'source') AS s
FULL JOIN (SELECT * FROM line WHERE side = 'target') AS t ON t.object = s.object AND t.attribute = s.attribute
WHERE s.value IS DISTINCT FROM t.value OR s.object IS NULL OR t.object IS NULL

UNION ALL
SELECT
    coalesce(s.object, t.object), format('privileges of %s granted by %s', coalesce(s.grantee, t.grantee), coalesce(s.grantor, t.grantor)),
    s.privileges, t.privileges,
    CASE WHEN coalesce(s.object, t.object) IN (SELECT object FROM explained_object) THEN 'ownership reassigned to ' || :'owner' END
FROM (SELECT * FROM privilege WHERE side = 'source') AS s
FULL JOIN (SELECT * FROM privilege WHERE side = 'target') AS t
    ON t.object = s.object AND t.grantee = s.grantee AND t.grantor IS NOT DISTINCT FROM s.grantor
WHERE s.privileges IS DISTINCT FROM t.privileges OR s.object IS NULL OR t.object IS NULL

UNION ALL
-- Between the two looks at a live source a sequence may have moved on: the dump then holds a place in between.
SELECT
    coalesce(s.object, t.object), 'last value',
    s.last_value::text || CASE WHEN s.is_called THEN '' ELSE ' (not called)' END,
    t.last_value::text || CASE WHEN t.is_called THEN '' ELSE ' (not called)' END,
    NULL
FROM (SELECT * FROM sequence WHERE side = 'source') AS s
LEFT JOIN (SELECT * FROM sequence WHERE side = 'before') AS b USING (object)
FULL JOIN (SELECT * FROM sequence WHERE side = 'target') AS t USING (object)
WHERE
    (s.last_value, s.is_called) IS DISTINCT FROM (t.last_value, t.is_called)
    AND (b.last_value, b.is_called) IS DISTINCT FROM (t.last_value, t.is_called)
    AND (b.last_value = s.last_value OR NOT coalesce(t.last_value BETWEEN least(b.last_value, s.last_value) AND greatest(b.last_value, s.last_value), FALSE));

CREATE TEMP VIEW different_relation AS
SELECT
    coalesce(s.name, t.name) AS name,
    CASE WHEN s.name IS NOT NULL THEN json_build_object('rows', s.rows, 'digest', coalesce(s.digest, '-')) END AS source,
    CASE WHEN t.name IS NOT NULL THEN json_build_object('rows', t.rows, 'digest', coalesce(t.digest, '-')) END AS target
FROM (SELECT * FROM relation WHERE side = 'source') AS s
FULL JOIN (SELECT * FROM relation WHERE side = 'target') AS t USING (name)
WHERE (s.rows, s.digest) IS DISTINCT FROM (t.rows, t.digest) OR s.name IS NULL OR t.name IS NULL;

SELECT json_build_object(
    'relations', (SELECT count(DISTINCT name) FROM relation),
    'rows', (SELECT coalesce(sum(rows), 0) FROM relation WHERE side = 'source' AND name !~ '^large object '),
    'differentRelations', (
        SELECT coalesce(json_agg(json_build_object('name', name, 'source', source, 'target', target) ORDER BY name), '[]')
        FROM different_relation
    ),
    'catalogLines', (
        (SELECT count(DISTINCT (object, attribute)) FROM line)
        + (SELECT count(DISTINCT (object, grantee, grantor)) FROM privilege)
        + (SELECT count(DISTINCT object) FROM sequence)
    ),
    'differentCatalogLines', (
        SELECT coalesce(json_agg(json_build_object(
            'object', d.object, 'attribute', d.attribute, 'source', d.source, 'target', d.target,
            'expected', d.because IS NOT NULL, 'because', d.because
        ) ORDER BY d.because IS NOT NULL, d.object, d.attribute), '[]')
        FROM difference AS d
    )
);
