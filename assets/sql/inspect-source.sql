-- What the source is: name=value lines for the step's checks, and all of it as JSON members. needed-roles.sql goes first.
-- salt: of the digest by which the application's password (application_role) is proved.
SELECT
    EXISTS (SELECT FROM pg_extension WHERE extname = 'timescaledb') AS has_timescaledb,
    EXISTS (SELECT FROM pg_extension WHERE extname = 'postgis') AS has_postgis
\gset
\set timescaledb ''
\set edition ''
\set schema public
\set restoring off
\set jobs '[]'
\set attached_tablespaces '[]'
\set postgis ''
\set md5_roles '[]'
\set password_proof null
\if :has_timescaledb
SELECT
    extversion AS timescaledb,
    (SELECT nspname FROM pg_namespace AS n WHERE n.oid = extnamespace) AS schema,
    coalesce(current_setting('timescaledb.license', TRUE), '') AS edition,
    coalesce(current_setting('timescaledb.restoring', TRUE), 'off') AS restoring
FROM pg_extension
WHERE extname = 'timescaledb'
\gset
-- A job that fails on the source already is no finding against the target.
SELECT coalesce(json_agg(j.job_id) FILTER (WHERE s.last_run_status = 'Failed'), '[]') AS jobs
FROM timescaledb_information.jobs AS j
LEFT JOIN timescaledb_information.job_stats AS s USING (job_id)
\gset
-- The target has one volume: the hypertable's new chunks are made there.
SELECT coalesce(json_agg(format('%I of %I.%I', t.tablespace_name, h.schema_name, h.table_name)), '[]') AS attached_tablespaces
FROM _timescaledb_catalog.tablespace AS t
JOIN _timescaledb_catalog.hypertable AS h ON h.id = t.hypertable_id
\gset
\endif
\if :has_postgis
SELECT extversion AS postgis FROM pg_extension WHERE extname = 'postgis'
\gset
\endif

-- A rule of pg_hba.conf that says scram-sha-256 refuses a password that is kept as MD5.
SELECT has_table_privilege('pg_authid', 'SELECT') AS reads_passwords
\gset
\if :reads_passwords
SELECT coalesce(json_agg(rolname ORDER BY rolname), '[]') AS md5_roles
FROM pg_authid
WHERE oid = ANY (:'needed_roles'::oid[]) AND rolcanlogin AND rolpassword LIKE 'md5%'
\gset
-- SCRAM-SHA-256$iterations:salt$StoredKey:ServerKey, or md5 and 32 digits.
SELECT coalesce(max(json_build_object(
    'salt', (parts)[2], 'iterations', (parts)[1],
    'digest', encode(sha256(convert_to(:'salt' || coalesce((parts)[3], rolpassword), 'UTF8')), 'hex')
)::text), 'null') AS password_proof
FROM pg_authid
LEFT JOIN LATERAL regexp_match(rolpassword, '^SCRAM-SHA-256\$(\d+):([^$]+)\$([^:]+):') AS parts ON TRUE
WHERE rolname = :'application_role' AND rolpassword IS NOT NULL
\gset
\endif

-- The names of the columns differ from version to version.
WITH database_locale AS (
    SELECT json_build_object(
        'encoding', pg_encoding_to_char(d.encoding), 'provider', coalesce(fields ->> 'datlocprovider', 'c'),
        'collate', d.datcollate, 'ctype', d.datctype,
        'locale', coalesce(fields ->> 'datlocale', fields ->> 'daticulocale'), 'version', fields ->> 'datcollversion'
    ) AS document
    FROM pg_database AS d
    CROSS JOIN to_jsonb(d) AS fields
    WHERE d.datname = current_database()
),

-- What columns, indexes and types say beside the database's own collation.
used_collation AS (
    SELECT json_build_object(
        'schema', c.collnamespace::regnamespace, 'name', c.collname, 'provider', c.collprovider,
        'collate', c.collcollate, 'ctype', c.collctype,
        'locale', coalesce(fields ->> 'colllocale', fields ->> 'colliculocale'), 'version', pg_collation_actual_version(c.oid)
    ) AS document
    FROM pg_collation AS c
    CROSS JOIN to_jsonb(c) AS fields
    WHERE
        c.collname NOT IN ('default', 'C', 'POSIX')
        AND (
            c.oid >= 16384
            OR EXISTS (SELECT FROM pg_depend AS d WHERE d.refclassid = 'pg_collation'::regclass AND d.refobjid = c.oid)
        )
),

readable AS (
    SELECT c.oid, c.oid::regclass::text AS name, has_table_privilege(c.oid, 'SELECT') AS may_read
    FROM pg_class AS c
    JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'm', 'S') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
),

fact (name, value) AS (
    VALUES
    ('recovery', pg_is_in_recovery()::text),
    ('postgresql', split_part(current_setting('server_version'), ' ', 1)),
    ('timescaledb', :'timescaledb'),
    ('postgis', :'postgis'),
    ('restoring', :'restoring'),
    ('hypercore', (
        SELECT string_agg(DISTINCT coalesce(i.inhparent, c.oid)::regclass::text, ', ')
        FROM pg_class AS c
        JOIN pg_am AS am ON am.oid = c.relam AND am.amname = 'hypercore'
        LEFT JOIN pg_inherits AS i ON i.inhrelid = c.oid
    )),
    ('postgres', (SELECT CASE WHEN rolsuper THEN 'superuser' ELSE 'other' END FROM pg_roles WHERE rolname = 'postgres')),
    ('roles', (SELECT coalesce(json_agg(rolname ORDER BY rolname), '[]')::text FROM pg_roles WHERE oid = ANY (:'needed_roles'::oid[]))),
    ('table_bytes', (SELECT coalesce(sum(pg_table_size(oid)), 0)::text FROM pg_class WHERE relkind IN ('r', 'm'))),
    ('password_proof', :'password_proof'),
    ('unreadable', (SELECT string_agg(name, ', ' ORDER BY name) FROM readable WHERE NOT may_read)),
    ('members', (
        SELECT substr(document, 2, length(document) - 2)
        FROM CAST(json_build_object(
            'versions', json_build_object(
                'postgresql', split_part(current_setting('server_version'), ' ', 1),
                'timescaledb', nullif(:'timescaledb', ''),
                'timescaledbEdition', nullif(:'edition', ''),
                'postgis', nullif(:'postgis', '')
            ),
            'timescaledbSchema', :'schema',
            -- A dump does not say where it is not there.
            'hasPublic', to_regnamespace('public') IS NOT NULL,
            'extensions', (SELECT json_object_agg(extname, extversion ORDER BY extname) FROM pg_extension),
            'roles', (SELECT coalesce(json_agg(rolname ORDER BY rolname), '[]') FROM pg_roles WHERE oid = ANY (:'needed_roles'::oid[])),
            'databaseBytes', pg_database_size(current_database()),
            'readsPasswords', has_table_privilege('pg_authid', 'SELECT'),
            'jobsFailing', :'jobs'::json,
            'attachedTablespaces', :'attached_tablespaces'::json,
            -- They come with the dump.
            'databaseSettings', (
                SELECT coalesce(json_agg(split_part(setting, '=', 1)), '[]')
                FROM pg_db_role_setting AS s
                CROSS JOIN LATERAL unnest(s.setconfig) AS setting
                WHERE s.setrole = 0 AND s.setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())
            ),
            'md5Roles', :'md5_roles'::json,
            'locale', (SELECT document FROM database_locale),
            'collations', (SELECT coalesce(json_agg(document ORDER BY document ->> 'name'), '[]') FROM used_collation),
            -- Without the right to see it shared_preload_libraries is not among them.
            'settings', (
                SELECT json_object_agg(name, setting ORDER BY name)
                FROM pg_settings
                WHERE name IN (
                    'max_connections', 'max_worker_processes', 'max_locks_per_transaction', 'max_prepared_transactions',
                    'shared_preload_libraries', 'timescaledb.max_background_workers'
                )
            ),
            'tableBytes', (SELECT coalesce(sum(pg_table_size(oid)), 0) FROM pg_class WHERE relkind IN ('r', 'm')),
            'invalidIndexes', (SELECT coalesce(json_agg(indexrelid::regclass), '[]') FROM pg_index WHERE NOT indisvalid)
        ) AS text) AS document
    ))
)

SELECT name, replace(value, E'\n', ' ')
FROM fact
WHERE value IS NOT NULL;
