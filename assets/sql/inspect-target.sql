-- What the target is, and whether it can take the source's extensions (source_extensions: JSON, name to version).
WITH wanted AS (
    SELECT key AS name, value AS version FROM json_each_text(:'source_extensions'::json)
),

fact (name, value) AS (
    VALUES
    ('recovery', pg_is_in_recovery()::text),
    ('postgresql', split_part(current_setting('server_version'), ' ', 1)),
    ('library_directory', (SELECT setting FROM pg_config WHERE name = 'PKGLIBDIR')),
    ('preload', current_setting('shared_preload_libraries')),
    ('missing_extensions', (
        SELECT string_agg(w.name, ', ' ORDER BY w.name)
        FROM wanted AS w
        WHERE NOT EXISTS (SELECT FROM pg_available_extensions AS a WHERE a.name = w.name)
    )),
    -- A dump's CREATE EXTENSION names no version, so the target's default is what the restore would get.
    ('other_versions', (
        SELECT string_agg(format('%s %s (the source has %s)', w.name, a.default_version, w.version), ', ' ORDER BY w.name)
        FROM wanted AS w
        JOIN pg_available_extensions AS a ON a.name = w.name
        WHERE a.default_version <> w.version
    )),
    ('existing_oid', (SELECT oid::text FROM pg_database WHERE datname = :'database')),
    ('existing_bytes', (SELECT pg_database_size(oid)::text FROM pg_database WHERE datname = :'database')),
    ('members', (
        SELECT substr(document, 2, length(document) - 2)
        FROM CAST(json_build_object(
            'versions', json_build_object(
                'postgresql', split_part(current_setting('server_version'), ' ', 1),
                'timescaledb', (SELECT default_version FROM pg_available_extensions WHERE name = 'timescaledb'),
                'postgis', (SELECT default_version FROM pg_available_extensions WHERE name = 'postgis')
            ),
            'dataDirectory', current_setting('data_directory')
        ) AS text) AS document
    ))
)

SELECT name, replace(value, E'\n', ' ')
FROM fact
WHERE value IS NOT NULL;
