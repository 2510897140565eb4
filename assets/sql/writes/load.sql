-- Makes a temporary table for each file of the manifest (document): saved_0, saved_1, ...; their rows follow. Where the source
-- has no such table, or other columns, or where a superuser who writes there would run somebody's code (users-code.sql goes
-- first), the rows are taken as text: only to be counted.
BEGIN;
SELECT pg_advisory_xact_lock(hashtext('timescale_cutover.fence')) IS NULL AS waited
\gset
CREATE TEMP TABLE saved AS
SELECT
    (entry.place - 1)::integer AS place, entry.value ->> 'name' AS name, entry.value ->> 'kind' AS kind,
    'saved_' || entry.place - 1 AS rows_in,
    (
        SELECT c.oid FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
        WHERE n.nspname = entry.value ->> 'schema' AND c.relname = entry.value ->> 'table' AND c.relkind IN ('r', 'p')
    ) AS relation,
    ARRAY(SELECT jsonb_array_elements_text(entry.value -> 'columns')) AS columns,
    (entry.value ->> 'rowsInFile')::bigint AS rows_in_file,
    NULL::text AS problem
FROM document
CROSS JOIN jsonb_array_elements(document.body -> 'relations') WITH ORDINALITY AS entry (value, place);

UPDATE saved SET problem = CASE
    WHEN kind = 'large objects' THEN 'large objects are not carried'
    WHEN relation IS NULL THEN 'the source has no such table'
    WHEN ARRAY(SELECT unnest(columns) ORDER BY 1) <> ARRAY(
        SELECT a.attname::text FROM pg_attribute AS a
        WHERE a.attrelid = saved.relation AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
        ORDER BY 1
    ) THEN 'the source''s table has other columns'
    WHEN relation = ANY (:'users_code'::oid[])
        THEN 'to write there would run code of the table''s owner (in an index, a check, a domain, a trigger that is always enabled) as superuser'
    WHEN EXISTS (
        SELECT FROM pg_constraint AS k WHERE k.conrelid = saved.relation AND k.contype = 'f' AND k.confrelid = ANY (:'users_code'::oid[])
    ) THEN 'to look into the table that it refers to would run code of that table''s owner as superuser'
END;

SELECT
    CASE
        WHEN problem IS NULL THEN format('CREATE TEMP TABLE %I AS SELECT %s FROM %s WITH NO DATA', rows_in, list.plain, relation::regclass)
        ELSE format('CREATE TEMP TABLE %I (%s)', rows_in, list.as_text)
    END
FROM saved
CROSS JOIN LATERAL (
    SELECT
        string_agg(quote_ident(name), ', ' ORDER BY place) AS plain,
        string_agg(quote_ident(name) || ' text', ', ' ORDER BY place) AS as_text
    FROM unnest(columns) WITH ORDINALITY AS c (name, place)
) AS list
ORDER BY place
\gexec
