-- Procedural languages made by hand: what their handlers load is in no package that the target is known to have.
WITH language AS (
    SELECT
        l.lanname, NOT EXISTS (
            SELECT FROM pg_depend AS d
            WHERE d.classid = 'pg_language'::regclass AND d.objid = l.oid AND d.deptype = 'e'
        ) AS by_hand
    FROM pg_language AS l
    WHERE l.lanispl
),

listed AS (
    SELECT
        count(*) FILTER (WHERE by_hand) AS number,
        string_agg(quote_ident(lanname), ', ' ORDER BY lanname) FILTER (WHERE by_hand) AS names,
        string_agg(quote_ident(lanname), ', ' ORDER BY lanname) AS all_names
    FROM language
)

SELECT
    CASE WHEN number = 0 THEN 'pass' ELSE 'warn' END,
    CASE
        WHEN number = 0 THEN format('Languages: %s, each from its extension.', coalesce(all_names, 'none'))
        ELSE format('Languages that are no extension''s: %s.', names)
    END
FROM listed;
