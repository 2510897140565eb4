-- Settings that reach the application: of the database, of roles in it, and of the needed roles (needed-roles.sql goes
-- first) everywhere. Names alone, for some keep secrets in their own settings.
WITH setting AS (
    SELECT
        split_part(entry, '=', 1) AS name, substr(entry, strpos(entry, '=') + 1) AS value,
        s.setdatabase = 0 AND s.setrole = 0 AS of_all_roles,
        s.setrole = 0 OR r.rolname = :'application_role' AS reaches_application,
        CASE WHEN s.setrole <> 0 THEN quote_ident(r.rolname) WHEN s.setdatabase <> 0 THEN 'the database' ELSE 'all roles' END AS place
    FROM pg_db_role_setting AS s
    CROSS JOIN LATERAL unnest(s.setconfig) AS entry
    LEFT JOIN pg_roles AS r ON r.oid = s.setrole
    WHERE
        s.setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())
        OR (s.setdatabase = 0 AND (s.setrole = 0 OR s.setrole = ANY (:'needed_roles'::oid[])))
),

judged AS (
    SELECT
        format('%s (%s)', name, place) AS shown,
        CASE
            WHEN of_all_roles THEN 'is of ALTER ROLE ALL, which is not carried'
            WHEN name IN ('default_tablespace', 'temp_tablespaces') AND value NOT IN ('', '""', 'pg_default')
                THEN 'names a tablespace, and the target has none'
            WHEN name IN ('session_preload_libraries', 'local_preload_libraries') AND value NOT IN ('', '""')
                THEN 'loads a library, without which the target lets no session in'
            WHEN
                name = 'default_transaction_read_only' AND lower(value) IN ('on', 'true', 'yes', '1') AND reaches_application
                THEN 'lets the application only read'
            WHEN name = 'search_path' THEN 'names a missing schema: ' || (
                SELECT string_agg(quote_ident(schema.name), ', ')
                FROM regexp_matches(value, '"((?:[^"]|"")*)"|([^",\s]+)', 'g') AS part
                CROSS JOIN LATERAL (SELECT coalesce(replace(part[1], '""', '"'), part[2])) AS schema (name)
                WHERE
                    schema.name NOT IN ('', '$user', 'pg_temp')
                    AND NOT EXISTS (SELECT FROM pg_namespace WHERE nspname = schema.name)
            )
        END AS reason
    FROM setting
    WHERE name NOT IN ('timescale_cutover.fence', 'timescaledb.restoring')
),

listed AS (
    SELECT
        count(*) AS number,
        count(reason) AS doubtful,
        array_to_string((array_agg(shown || ' ' || reason ORDER BY shown) FILTER (WHERE reason IS NOT NULL))[1:5], '; ')
        || CASE WHEN count(reason) > 5 THEN format('; and %s more', count(reason) - 5) ELSE '' END AS reasons,
        array_to_string((array_agg(shown ORDER BY shown))[1:5], ', ')
        || CASE WHEN count(*) > 5 THEN format(' and %s more', count(*) - 5) ELSE '' END AS names
    FROM judged
)

SELECT
    CASE WHEN doubtful = 0 THEN 'pass' ELSE 'warn' END,
    CASE
        WHEN number = 0 THEN 'The database and its roles have no settings of their own.'
        WHEN doubtful = 0 THEN format('Settings of the database and its roles: %s; all are carried.', names)
        ELSE format('Settings to look at: %s.', reasons)
    END
FROM listed;
