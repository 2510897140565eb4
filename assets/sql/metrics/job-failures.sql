-- How many jobs of this database failed at their last run; nothing where there is no TimescaleDB. Jobs that somebody has
-- paused do not count, nor do those below 1000, the extension's own: of the Apache edition, which has these tables too,
-- one always fails. A job that runs has a row for each of its workers.
SELECT count(*) > 0 AS installed FROM pg_extension WHERE extname = 'timescaledb' \gset
\if :installed
SELECT count(DISTINCT job_id)
FROM timescaledb_information.job_stats
WHERE last_run_status = 'Failed' AND job_status <> 'Paused' AND job_id >= 1000;
\endif
