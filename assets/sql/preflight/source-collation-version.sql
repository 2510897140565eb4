-- Where the library that sorts has changed since an index was built, the index may miss rows, and a unique one may have
-- let in doubles: those stop the restore. Only of collations that something uses.
WITH sorted (name, recorded, actual) AS (
    SELECT 'the database', datcollversion, pg_database_collation_actual_version(oid)
    FROM pg_database
    WHERE datname = current_database()
    UNION ALL
    SELECT c.oid::regcollation::text, c.collversion, pg_collation_actual_version(c.oid)
    FROM pg_collation AS c
    WHERE
        c.collprovider <> 'd'
        AND EXISTS (SELECT FROM pg_depend AS d WHERE d.refclassid = 'pg_collation'::regclass AND d.refobjid = c.oid)
),

differing AS (
    SELECT format('%s (recorded %s, now %s)', name, recorded, coalesce(actual, 'none')) AS name
    FROM sorted
    WHERE recorded <> coalesce(actual, '')
)

SELECT
    CASE WHEN count(*) = 0 THEN 'pass' ELSE 'warn' END,
    CASE
        WHEN count(*) = 0 THEN (SELECT format('The collation version is the recorded one%s.', ' (' || recorded || ')') FROM sorted WHERE name = 'the database')
        ELSE format(
            'The collation version has changed for %s%s: indexes of text may be wrong, and doubles in a unique one stop the restore.',
            array_to_string((array_agg(name ORDER BY name))[1:5], ', '), CASE WHEN count(*) > 5 THEN format(' and %s more', count(*) - 5) END
        )
    END
FROM differing;
