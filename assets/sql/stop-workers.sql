-- Stops TimescaleDB's scheduler of this database, and its jobs, until they are started or the server restarts. After the
-- crash of a backend a second scheduler runs, which the launcher does not know (seen on 2.18.2): the postmaster kept it
-- registered, and starts it again timescaledb.bgw_scheduler_restart_time (60 s) after it is ended here. Only a restart of the
-- server is rid of it.
-- Of that name a user may have a function, where TimescaleDB is not installed or has none.
SELECT EXISTS (
    SELECT FROM pg_depend AS d
    JOIN pg_extension AS e ON e.oid = d.refobjid
    WHERE
        d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e' AND e.extname = 'timescaledb'
        AND d.classid = 'pg_proc'::regclass AND d.objid = to_regproc('_timescaledb_functions.stop_background_workers')
) AS has_workers
\gset
\if :has_workers
SELECT _timescaledb_functions.stop_background_workers();
SELECT count(pg_terminate_backend(a.pid, 5000))
FROM pg_stat_activity AS a
JOIN pg_roles AS r ON r.rolname = current_user AND r.rolsuper
WHERE a.datname = current_database() AND a.backend_type = 'TimescaleDB Background Worker Scheduler';
\endif
