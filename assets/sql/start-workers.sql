-- Starts TimescaleDB's scheduler of this database, where there is TimescaleDB.
SELECT to_regproc('_timescaledb_functions.start_background_workers') IS NOT NULL AS has_workers
\gset
\if :has_workers
SELECT _timescaledb_functions.start_background_workers();
\endif
