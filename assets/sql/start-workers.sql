-- Starts TimescaleDB's scheduler of this database, where there is TimescaleDB.
-- Of that name a user may have a function, where TimescaleDB is not installed or has none.
SELECT EXISTS (
    SELECT FROM pg_depend AS d
    JOIN pg_extension AS e ON e.oid = d.refobjid
    WHERE
        d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e' AND e.extname = 'timescaledb'
        AND d.classid = 'pg_proc'::regclass AND d.objid = to_regproc('_timescaledb_functions.start_background_workers')
) AS has_workers
\gset
\if :has_workers
SELECT _timescaledb_functions.start_background_workers();
\endif
