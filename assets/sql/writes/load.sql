-- Makes a temporary table for each file of the manifest (document): saved_0, saved_1, …; their rows follow. Where the source
-- has no such table, or other columns, the rows are taken as text: only to be counted.
BEGIN;
SELECT pg_advisory_xact_lock(hashtext('timescale_cutover.fence')) IS NULL AS waited
\gset
CREATE TEMP TABLE saved AS
SELECT
    (entry.place - 1)::integer AS place, entry.value ->> 'name' AS name, entry.value ->> 'kind' AS kind,
    'saved_' || entry.place - 1 AS rows_in,
    to_regclass(quote_ident(entry.value ->> 'schema') || '.' || quote_ident(entry.value ->> 'table'))::oid AS relation,
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
