-- Stops TimescaleDB's scheduler of this database, and its jobs, until they are started or the server restarts.
SELECT to_regproc('_timescaledb_functions.stop_background_workers') IS NOT NULL AS has_workers
\gset
\if :has_workers
SELECT _timescaledb_functions.stop_background_workers();
\endif
