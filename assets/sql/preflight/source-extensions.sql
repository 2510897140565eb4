-- pg_dump restores an extension in the version that is the target's default. timescaledb and postgis are compared by
-- source-versions; here is what the packages of the three do not bring, and what was never updated.
WITH extension AS (
    SELECT
        e.extname AS name,
        e.extversion AS version,
        a.default_version,
        -- In PostgreSQL's own packages or PostGIS'.
        e.extname ~ '^(timescaledb|postgis|postgis_(raster|sfcgal|topology|tiger_geocoder)|address_standardizer(_data_us)?)$'
        OR e.extname IN (
            'adminpack', 'amcheck', 'autoinc', 'bloom', 'btree_gin', 'btree_gist', 'citext', 'cube', 'dblink', 'dict_int', 'dict_xsyn',
            'earthdistance', 'file_fdw', 'fuzzystrmatch', 'hstore', 'insert_username', 'intagg', 'intarray', 'isn', 'lo', 'ltree',
            'moddatetime', 'old_snapshot', 'pageinspect', 'pg_buffercache', 'pg_freespacemap', 'pg_prewarm', 'pg_stat_statements',
            'pg_surgery', 'pg_trgm', 'pg_visibility', 'pg_walinspect', 'pgcrypto', 'pgrowlocks', 'pgstattuple', 'plpgsql', 'postgres_fdw',
            'refint', 'seg', 'sslinfo', 'tablefunc', 'tcn', 'tsm_system_rows', 'tsm_system_time', 'unaccent', 'uuid-ossp', 'xml2'
        ) AS is_known
    FROM pg_extension AS e
    LEFT JOIN pg_available_extensions AS a ON a.name = e.extname
),

differing AS (
    SELECT
        name || CASE
            WHEN NOT is_known THEN ' comes with none of the target''s packages'
            WHEN default_version IS NULL THEN ' has no files on the source any more'
            ELSE format(' is %s here and would be restored as %s', version, default_version)
        END AS what
    FROM extension
    WHERE NOT is_known OR (name NOT IN ('timescaledb', 'postgis') AND version IS DISTINCT FROM default_version)
)

SELECT
    CASE WHEN count(*) = 0 THEN 'pass' ELSE 'warn' END,
    CASE
        WHEN count(*) = 0 THEN (SELECT left('Extensions: ' || string_agg(name || ' ' || version, ', ' ORDER BY name) || '.', 300) FROM extension)
        ELSE format(
            '%s%s.', array_to_string((array_agg(what ORDER BY what))[1:5], '; '), CASE WHEN count(*) > 5 THEN format(' and %s more', count(*) - 5) END
        )
    END
FROM differing;
