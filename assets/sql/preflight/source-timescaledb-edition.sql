-- The edition of TimescaleDB, and whether what its functions call is the library of the extension's version.
SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'timescaledb') AS has_timescaledb
\gset
\if :has_timescaledb
WITH extension AS (
    SELECT
        oid,
        extversion AS version,
        current_setting('timescaledb.license', TRUE) AS license,
        current_setting('shared_preload_libraries') ~ '\mtimescaledb\M' AS is_preloaded
    FROM pg_extension
    WHERE extname = 'timescaledb'
),

stray AS (
    SELECT string_agg(DISTINCT p.probin, ', ') AS libraries
    FROM extension AS e
    JOIN pg_depend AS d ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid AND d.classid = 'pg_proc'::regclass
    JOIN pg_proc AS p ON p.oid = d.objid
    -- The loader's own functions name the library without a version.
    WHERE p.probin NOT IN ('$libdir/timescaledb', '$libdir/timescaledb-' || e.version, '$libdir/timescaledb-tsl-' || e.version)
)

SELECT
    CASE WHEN NOT is_preloaded OR libraries IS NOT NULL OR license IS NULL THEN 'fail' ELSE 'pass' END,
    CASE
        WHEN NOT is_preloaded THEN 'timescaledb is not in shared_preload_libraries: no job of it runs.'
        WHEN libraries IS NOT NULL THEN format('The extension is of version %s, and functions of it call %s.', version, libraries)
        WHEN license IS NULL THEN format('The library of TimescaleDB %s is not loaded.', version)
        ELSE format('TimescaleDB %s, %s edition.', version, CASE license WHEN 'apache' THEN 'Apache' ELSE 'Community' END)
    END
FROM extension
CROSS JOIN stray;
\else
SELECT 'pass', 'The database does not use TimescaleDB.';
\endif
