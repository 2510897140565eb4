-- What the database uses must be what versions says: the target is made of it. It need not use TimescaleDB or PostGIS.
WITH used AS (
    SELECT *
    FROM (VALUES
        (1, 'PostgreSQL', 'postgresql', :'postgresql', split_part(current_setting('server_version'), ' ', 1)),
        (2, 'TimescaleDB', 'timescaledb', :'timescaledb', (SELECT extversion FROM pg_extension WHERE extname = 'timescaledb')),
        (3, 'PostGIS', 'postgis', :'postgis', (SELECT extversion FROM pg_extension WHERE extname = 'postgis'))
    ) AS v (place, name, key, planned, found)
)

SELECT
    CASE WHEN bool_or(found <> planned) THEN 'fail' ELSE 'pass' END,
    CASE
        WHEN bool_or(found <> planned)
            THEN string_agg(format('%s is %s, and versions.%s is %s', name, found, key, planned), '; ' ORDER BY place) FILTER (WHERE found <> planned)
        ELSE string_agg(name || ' ' || coalesce(found, 'is not used'), ', ' ORDER BY place) || ', as versions says'
    END || '.'
FROM used;
