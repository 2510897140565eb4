-- Stops TimescaleDB's scheduler of this database, and its jobs, until they are started or the server restarts. One that the
-- launcher has lost sight of does not hear of it (seen on 2.18.2, of a target after its cutover): it is ended by itself.
SELECT to_regproc('_timescaledb_functions.stop_background_workers') IS NOT NULL AS has_workers
\gset
\if :has_workers
SELECT _timescaledb_functions.stop_background_workers();
SELECT count(pg_terminate_backend(a.pid, 5000))
FROM pg_stat_activity AS a
JOIN pg_roles AS r ON r.rolname = current_user AND r.rolsuper
WHERE a.datname = current_database() AND a.backend_type = 'TimescaleDB Background Worker Scheduler';
\endif
