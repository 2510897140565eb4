-- The collations that the source's database names are in the target's cluster; and whether their library is the source's.
WITH used AS (
    SELECT document
    FROM json_array_elements(coalesce(:'source'::json -> 'collations', '[]')) AS document
    UNION ALL
    SELECT :'source'::json -> 'locale' WHERE :'source'::json -> 'locale' IS NOT NULL
),

-- One library for all of a provider's; a locale such as C has no version.
library AS (
    SELECT collprovider::text AS provider, max(pg_collation_actual_version(oid)) AS version
    FROM pg_collation
    WHERE collprovider = 'c' OR collprovider = 'i' AND collname = 'und-x-icu'
    GROUP BY collprovider
),

difference AS (
    SELECT DISTINCT u.document ->> 'provider' AS provider, u.document ->> 'version' AS there, l.version AS here
    FROM used AS u
    JOIN library AS l ON l.provider = u.document ->> 'provider'
    WHERE u.document ->> 'version' <> l.version
),

problem (verdict, finding, remedy) AS (
    SELECT
        'fail', format('The target''s cluster lacks the collation %s, which the source''s database uses.', u.document ->> 'name'),
        'Make its locale on the target, then run there: SELECT pg_import_system_collations(''pg_catalog'') in template1.'
    FROM used AS u
    WHERE
        u.document ->> 'schema' = 'pg_catalog'
        AND NOT EXISTS (
            SELECT FROM pg_collation AS c
            WHERE c.collnamespace = 'pg_catalog'::regnamespace AND c.collname = u.document ->> 'name' AND c.collencoding IN (-1, 6)
        )
    UNION ALL
    SELECT DISTINCT
        'fail', format('The source''s database uses the collation provider %s, which the target''s PostgreSQL has not.', p.name),
        'Install PostgreSQL''s own packages, of the source''s version.'
    FROM used AS u
    JOIN (VALUES ('i', 'icu'), ('b', 'builtin')) AS p (provider, name) ON p.provider = u.document ->> 'provider'
    WHERE NOT EXISTS (SELECT FROM pg_collation AS c WHERE c.collprovider::text = p.provider)
    UNION ALL
    SELECT
        'warn',
        format('The library of %s collations is %s on the source and %s on the target: texts may sort otherwise.', CASE provider WHEN 'i' THEN 'ICU' ELSE 'libc' END, there, here),
        'Nothing is damaged: the restore builds every index anew. Look whether the application counts on the order of texts.'
    FROM difference
)

SELECT
    coalesce(min(verdict), 'pass'),
    coalesce(
        array_to_string((array_agg(finding ORDER BY verdict, finding))[1:5], ' '),
        format('The target has the source''s collations; further ones in use: %s.', coalesce(json_array_length(:'source'::json -> 'collations'), 0))
    ),
    (array_agg(remedy ORDER BY verdict, finding))[1]
FROM problem;
