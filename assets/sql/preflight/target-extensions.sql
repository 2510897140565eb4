-- The source's extensions, but TimescaleDB and PostGIS (target-versions): a dump's CREATE EXTENSION names no version, so
-- the target's default is what the restore would get. Some refuse to be created where they are not preloaded.
WITH wanted AS (
    SELECT
        w.key AS name, w.value AS version, a.default_version AS available,
        w.key IN ('pg_cron', 'pgaudit')
            AND w.key <> ALL (string_to_array(replace(current_setting('shared_preload_libraries'), ' ', ''), ',')) AS lacks_preload
    FROM json_each_text(:'source'::json -> 'extensions') AS w
    LEFT JOIN pg_available_extensions AS a ON a.name = w.key
    WHERE w.key NOT IN ('timescaledb', 'postgis')
),

problem (rank, name, finding) AS (
    SELECT
        CASE WHEN available IS NULL THEN 1 WHEN available <> version THEN 2 ELSE 3 END, name,
        CASE
            WHEN available IS NULL THEN format('%s %s is missing', name, version)
            WHEN available <> version THEN format('%s is %s, not the source''s %s', name, available, version)
            ELSE format('%s is not in shared_preload_libraries', name)
        END
    FROM wanted
    WHERE available IS DISTINCT FROM version OR lacks_preload
)

SELECT
    CASE WHEN count(*) = 0 THEN 'pass' ELSE 'fail' END,
    CASE
        WHEN count(*) = 0 THEN format('The target has the source''s %s further extensions at their versions.', (SELECT count(*) FROM wanted))
        ELSE format(
            'Of the source''s extensions on the target: %s%s.',
            array_to_string((array_agg(finding ORDER BY rank, name))[1:5], '; '),
            CASE WHEN count(*) > 5 THEN format('; and %s more', count(*) - 5) ELSE '' END
        )
    END
FROM problem;
