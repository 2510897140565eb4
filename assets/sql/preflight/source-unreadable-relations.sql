-- What inspect-source and pg_dump refuse: tables and sequences that the dump's user may not read, or whose schema it may
-- not use.
WITH unreadable AS (
    SELECT c.oid::regclass::text AS name
    FROM pg_class AS c
    JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE
        c.relkind IN ('r', 'p', 'm', 'S') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
        AND NOT (has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT'))
),

listed AS (
    SELECT
        count(*) AS number,
        array_to_string((array_agg(name ORDER BY name))[1:5], ', ')
        || CASE WHEN count(*) > 5 THEN format(' and %s more', count(*) - 5) ELSE '' END AS names
    FROM unreadable
)

SELECT
    CASE WHEN number = 0 THEN 'pass' ELSE 'fail' END,
    CASE
        WHEN number = 0 THEN format('%I may read every table and sequence.', current_user)
        ELSE format('%I may not read %s.', current_user, names)
    END,
    CASE WHEN number > 0 THEN format('GRANT pg_read_all_data TO %I, or name a superuser.', current_user) END
FROM listed;
