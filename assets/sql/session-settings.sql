-- What a session of the application begins with, of all that changes what a statement means or gives, as a JSON object from
-- name to value: the database's own setting or else the server's, where it is not PostgreSQL's own default. Asked of a session
-- that has none from its client; behind a setting of the role that asks stands the server's. What says how the host's
-- resources are used, and what it logs, loads and lets in, is the host's own.
SELECT pg_catalog.current_setting('search_path') AS given_search_path
\gset
-- In the database's own path a user's function could take the place of the server's.
SELECT pg_catalog.set_config('search_path', '', FALSE) AS search_path
\gset
SELECT has_table_privilege('pg_catalog.pg_file_settings', 'SELECT') AND has_function_privilege('pg_catalog.pg_show_all_file_settings()', 'EXECUTE') AS reads_files
\gset
\set file_settings '{}'
\if :reads_files
SELECT coalesce(json_object_agg(name, setting ORDER BY seqno), '{}') AS file_settings FROM pg_file_settings WHERE applied
\gset
\endif
SELECT coalesce(json_object_agg(s.name, s.value ORDER BY s.name), '{}')
FROM (
    SELECT
        name, boot_val,
        CASE
            WHEN name = 'search_path' THEN :'given_search_path'
            -- As it is shown depends on quote_all_identifiers.
            WHEN name = 'default_text_search_config' THEN replace(setting, '"', '')
            WHEN source IN ('user', 'database user') THEN coalesce(:'file_settings'::json ->> name, boot_val)
            ELSE setting
        END AS value
    FROM pg_settings
    WHERE
        context IN ('user', 'superuser')
        AND (
            category IN (
                'Client Connection Defaults / Statement Behavior', 'Client Connection Defaults / Locale and Formatting',
                'Client Connection Defaults / Other Defaults', 'Customized Options', 'Error Handling', 'Lock Management',
                'Query Tuning / Other Planner Options', 'Query Tuning / Planner Method Configuration'
            )
            OR starts_with(category, 'Version and Platform Compatibility / ')
            OR name = 'synchronous_commit'
        )
        AND name NOT IN (
            'application_name', 'client_min_messages', 'default_tablespace', 'dynamic_library_path', 'role', 'session_authorization',
            'temp_tablespaces', 'timescaledb.license', 'timescaledb.restoring', 'timescale_cutover.fence', 'transaction_deferrable',
            'transaction_isolation', 'transaction_read_only'
        )
        AND strpos(name, 'telemetry') = 0
        -- By default it is the database's encoding.
        AND (name <> 'client_encoding' OR source IN ('configuration file', 'command line', 'database'))

    UNION ALL
    -- A name of the application's own, such as app.tenant: pg_settings does not show it.
    SELECT f.key, NULL, current_setting(f.key, TRUE)
    FROM json_each_text(:'file_settings'::json) AS f
    WHERE strpos(f.key, '.') > 0 AND f.key NOT IN (SELECT name FROM pg_settings) AND current_setting(f.key, TRUE) IS NOT NULL
) AS s
WHERE s.value IS DISTINCT FROM s.boot_val;
