-- A dump reads every row or none: where a policy would hold rows back from the dump's user, pg_dump ends with an error.
WITH guarded AS (
    SELECT oid::regclass::text AS name, relforcerowsecurity AS forced, row_security_active(oid) AS withheld
    FROM pg_class
    WHERE relrowsecurity AND relkind IN ('r', 'p')
),

listed AS (
    SELECT
        count(*) FILTER (WHERE withheld) AS number, count(*) AS all_of_them, count(*) FILTER (WHERE forced) AS forced,
        array_to_string((array_agg(name ORDER BY name) FILTER (WHERE withheld))[1:5], ', ')
        || CASE WHEN count(*) FILTER (WHERE withheld) > 5 THEN format(' and %s more', count(*) FILTER (WHERE withheld) - 5) ELSE '' END AS names
    FROM guarded
)

SELECT
    CASE WHEN number = 0 THEN 'pass' ELSE 'fail' END,
    CASE
        WHEN number = 0
            THEN format('Tables with row security: %s, on %s of them forced upon the owner; %I reads all their rows.', all_of_them, forced, current_user)
        ELSE format('Row security holds rows back from %I: %s. pg_dump ends with an error.', current_user, names)
    END
FROM listed;
