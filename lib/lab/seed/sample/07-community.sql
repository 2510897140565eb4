-- What only the Community edition has: compression, continuous aggregates, policies, jobs.
-- Variables: database, base_time (default the present hour).
\connect :"database"
SELECT current_setting('timescaledb.license', true) IS NOT DISTINCT FROM 'timescale' AS community \gset
\if :community
\if :{?base_time}
\else
  SELECT date_trunc('hour', now()) AS base_time \gset
\endif
SET synchronous_commit = off;
SET client_min_messages = warning;
SET ROLE tracker;

ALTER TABLE battery_sample SET (
  timescaledb.compress, timescaledb.compress_segmentby = 'device_id, metric',
  timescaledb.compress_orderby = 'sampled_at DESC'
);
ALTER TABLE fetch_log SET (timescaledb.compress, timescaledb.compress_segmentby = 'device_id');
ALTER TABLE position_report SET (timescaledb.compress, timescaledb.compress_segmentby = 'device_id');

-- Real-time: reads the newest rows from the hypertable itself.
CREATE MATERIALIZED VIEW position_hourly
  WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
  SELECT time_bucket('1 hour', reported_at) AS hour, device_id,
         count(*) AS reports, avg(accuracy_m) AS accuracy_m, last(battery, reported_at) AS battery
    FROM position_report
   GROUP BY hour, device_id
  WITH NO DATA;
-- Materialized only, and one on top of it.
CREATE MATERIALIZED VIEW battery_hourly
  WITH (timescaledb.continuous, timescaledb.materialized_only = true) AS
  SELECT time_bucket('1 hour', sampled_at) AS hour, device_id, metric, avg(value) AS value, count(*) AS samples
    FROM battery_sample
   GROUP BY hour, device_id, metric
  WITH NO DATA;
CREATE MATERIALIZED VIEW battery_daily
  WITH (timescaledb.continuous, timescaledb.materialized_only = true) AS
  SELECT time_bucket('1 day', hour) AS day, device_id, metric, avg(value) AS value, sum(samples) AS samples
    FROM battery_hourly
   GROUP BY day, device_id, metric
  WITH NO DATA;
CREATE MATERIALIZED VIEW fetch_weekly
  WITH (timescaledb.continuous, timescaledb.materialized_only = true) AS
  SELECT time_bucket(604800::bigint, fetched_second) AS week, sum(reports) AS reports, count(*) AS fetches
    FROM fetch_log
   GROUP BY week
  WITH NO DATA;
COMMENT ON VIEW battery_daily IS 'Built on battery_hourly';
GRANT SELECT ON position_hourly, battery_hourly, battery_daily, fetch_weekly TO tracker_ro;
CREATE INDEX battery_hourly_samples_index ON battery_hourly (samples);

CALL refresh_continuous_aggregate('position_hourly', NULL, timestamptz :'base_time' - interval '2 days');
CALL refresh_continuous_aggregate('battery_hourly', NULL, timestamptz :'base_time' - interval '2 days');
CALL refresh_continuous_aggregate('battery_daily', NULL, timestamptz :'base_time' - interval '3 days');
CALL refresh_continuous_aggregate('fetch_weekly', NULL, NULL);

SELECT count(compress_chunk(chunk)) AS compressed
  FROM unnest(ARRAY['battery_sample', 'position_report']::regclass[]) AS hypertable,
       show_chunks(hypertable, older_than => timestamptz :'base_time' - interval '21 days') AS chunk;
SELECT count(compress_chunk(chunk)) AS compressed
  FROM show_chunks('fetch_log',
    older_than => extract(epoch FROM timestamptz :'base_time')::bigint - 21 * 86400) AS chunk;

-- Rows behind the refreshed part and inside a compressed chunk: an invalidation that waits, a partial chunk.
INSERT INTO battery_sample
SELECT timestamptz :'base_time' - interval '30 days' + i * interval '7 seconds', i, 'late', i / 7.0
  FROM generate_series(1, 5) AS i;

-- Each policy has something left to do, so a job that starts too early changes rows; but on the
-- source none starts by itself within a day of the seeding.
SELECT timestamptz 'tomorrow' + interval '1 day' AS first_run \gset
SELECT add_compression_policy('battery_sample', INTERVAL '14 days', initial_start => :'first_run'),
       add_compression_policy('position_report', INTERVAL '14 days', initial_start => :'first_run'),
       add_compression_policy('fetch_log', 14 * 86400::bigint, initial_start => :'first_run'),
       add_retention_policy('battery_sample', INTERVAL '35 days', initial_start => :'first_run'),
       add_retention_policy('battery_daily', INTERVAL '2 years', initial_start => :'first_run'),
       add_reorder_policy('alert', 'alert_raised_at_idx', initial_start => :'first_run'),
       add_continuous_aggregate_policy('position_hourly', start_offset => INTERVAL '3 days',
         end_offset => INTERVAL '1 hour', schedule_interval => INTERVAL '30 minutes', initial_start => :'first_run'),
       add_continuous_aggregate_policy('battery_hourly', start_offset => INTERVAL '40 days',
         end_offset => INTERVAL '1 hour', schedule_interval => INTERVAL '1 hour', initial_start => :'first_run'),
       add_continuous_aggregate_policy('battery_daily', start_offset => NULL,
         end_offset => INTERVAL '1 day', schedule_interval => INTERVAL '1 day', initial_start => :'first_run',
         timezone => 'Europe/London');

CREATE PROCEDURE record_heartbeat(job_id integer, config jsonb) LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO import_reject (line, reason) VALUES ('heartbeat of job ' || job_id, config ->> 'reason');
END $$;
SELECT add_job('record_heartbeat', '15 minutes', config => '{"reason": "heartbeat ♥", "keep": 10}',
               initial_start => :'first_run', fixed_schedule => false);
RESET ROLE;

-- Policies of another owner.
SET ROLE tracker_ops;
SELECT add_retention_policy('ops.fetcher_telemetry', INTERVAL '90 days', initial_start => :'first_run'),
       add_reorder_policy('ops.fetcher_telemetry', 'fetcher_telemetry_at_idx', initial_start => :'first_run');
RESET ROLE;
\endif

\connect :"database"
ANALYZE;
