-- Six hours of history, a row a minute, and the aggregate over it: a continuous one where the edition has them.
-- Variables: database, role.
\connect :"database"
SET client_min_messages = warning;
SET synchronous_commit = off;

SET ROLE :"role";
INSERT INTO lab.tracker_write (written_at, number, writer, battery)
SELECT now() - minute * interval '1 minute', -minute, 'history', 100 - minute % 100
  FROM generate_series(1, 360) AS minute;
RESET ROLE;

SELECT count(*) > 0 AND current_setting('timescaledb.license', true) IS NOT DISTINCT FROM 'timescale' AS community
  FROM pg_extension WHERE extname = 'timescaledb' \gset
\if :community
  SELECT set_config('search_path', quote_ident(nspname), false) AS search_path
    FROM pg_extension JOIN pg_namespace ON pg_namespace.oid = extnamespace WHERE extname = 'timescaledb' \gset
  SET ROLE :"role";
  CREATE MATERIALIZED VIEW lab.tracker_write_summary
    WITH (timescaledb.continuous, timescaledb.materialized_only = true) AS
    SELECT time_bucket('10 minutes', written_at) AS bucket, writer, count(*) AS writes, min(battery) AS battery
      FROM lab.tracker_write
     GROUP BY bucket, writer
    WITH NO DATA;
  CALL refresh_continuous_aggregate('lab.tracker_write_summary', NULL, now() - interval '1 hour');
  -- On the source it does not start by itself within a day of the seeding.
  SELECT add_continuous_aggregate_policy('lab.tracker_write_summary', start_offset => INTERVAL '1 day',
    end_offset => INTERVAL '10 minutes', schedule_interval => INTERVAL '10 minutes',
    initial_start => timestamptz 'tomorrow' + interval '1 day');
  RESET ROLE;
  -- The sample's own job writes a row each time it runs: a write since the switch that no application has in its ledger.
  SELECT count(altered.job_id) AS resting
    FROM timescaledb_information.jobs AS job
   CROSS JOIN LATERAL alter_job(job.job_id, scheduled => false) AS altered
   WHERE job.proc_name = 'record_heartbeat';
\else
  SET ROLE :"role";
  CREATE VIEW lab.tracker_write_summary AS
    SELECT date_bin('10 minutes', written_at, timestamptz '2000-01-01') AS bucket, writer, count(*) AS writes, min(battery) AS battery
      FROM lab.tracker_write
     GROUP BY bucket, writer;
  RESET ROLE;
\endif
