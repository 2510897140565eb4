-- What users made in pg_catalog or information_schema: pg_dump takes it for the server's own, and leaves it out.
WITH object (catalog, oid, schema, name) AS (
    SELECT 'pg_proc'::regclass, oid, pronamespace, 'routine ' || oid::regprocedure FROM pg_proc
    UNION ALL
    SELECT 'pg_operator'::regclass, oid, oprnamespace, 'operator ' || oid::regoperator FROM pg_operator
    UNION ALL
    SELECT 'pg_type'::regclass, oid, typnamespace, 'type ' || oid::regtype FROM pg_type WHERE typtype IN ('d', 'e', 'r')
    UNION ALL
    SELECT 'pg_class'::regclass, oid, relnamespace, 'relation ' || oid::regclass FROM pg_class WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S', 'c')
),

listed AS (
    SELECT
        count(*) AS number,
        array_to_string((array_agg(name ORDER BY name))[1:5], ', ')
        || CASE WHEN count(*) > 5 THEN format(' and %s more', count(*) - 5) ELSE '' END AS names
    FROM object
    WHERE
        oid >= 16384
        AND (
            schema = 'pg_catalog'::regnamespace
            -- An information_schema that was made anew by the server's own script is all younger.
            OR (schema = to_regnamespace('information_schema') AND schema::oid < 16384)
        )
        AND NOT EXISTS (
            SELECT FROM pg_depend AS d
            WHERE d.classid = object.catalog AND d.objid = object.oid AND d.deptype = 'e'
        )
)

SELECT
    CASE WHEN number = 0 THEN 'pass' ELSE 'fail' END,
    CASE
        WHEN number = 0 THEN 'pg_catalog and information_schema hold nothing but the server''s own.'
        ELSE format('No dump carries what users made in pg_catalog or information_schema: %s.', names)
    END
FROM listed;
