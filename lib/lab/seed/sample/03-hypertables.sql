-- Hypertables, empty as yet. Variable: database.
\connect :"database"
SET ROLE tracker;

-- Time and space partitions. Its foreign key is added after the data: see 06.
CREATE TABLE position_report (
  reported_at timestamptz NOT NULL,
  device_id bigint NOT NULL,
  point geometry(Point, 4326) NOT NULL,
  accuracy_m real CHECK (accuracy_m >= 0),
  battery battery_percent,
  source report_source NOT NULL DEFAULT 'apple',
  is_rough boolean GENERATED ALWAYS AS (accuracy_m > 100) STORED
);
SELECT create_hypertable('position_report', by_range('reported_at', INTERVAL '7 days'));
SELECT add_dimension('position_report', by_hash('device_id', 2));
CREATE UNIQUE INDEX position_report_key ON position_report (device_id, reported_at DESC);

CREATE TABLE battery_sample (
  sampled_at timestamptz NOT NULL,
  device_id bigint NOT NULL,
  metric text NOT NULL,
  value double precision
);
SELECT create_hypertable('battery_sample', by_range('sampled_at', INTERVAL '7 days'));
CREATE INDEX battery_sample_device_index ON battery_sample (device_id, sampled_at DESC);

-- Integer time: seconds since 1970.
CREATE TABLE fetch_log (
  fetched_second bigint NOT NULL,
  device_id bigint NOT NULL,
  reports integer NOT NULL,
  payload text,
  PRIMARY KEY (fetched_second, device_id)
);
SELECT create_hypertable('fetch_log', by_range('fetched_second', 604800));
CREATE FUNCTION current_second() RETURNS bigint LANGUAGE sql STABLE
  AS $$ SELECT extract(epoch FROM now())::bigint $$;
SELECT set_integer_now_func('fetch_log', 'current_second');

-- A hypertable that has never had a row.
CREATE TABLE alert (raised_at timestamptz NOT NULL, device_id bigint NOT NULL REFERENCES device, text text);
SELECT create_hypertable('alert', by_range('raised_at', INTERVAL '1 month'));
RESET ROLE;

-- Of another owner, in another schema.
SET ROLE tracker_ops;
CREATE TABLE ops.fetcher_telemetry (
  at timestamptz NOT NULL,
  host text NOT NULL,
  cpu_percent real,
  memory_bytes bigint
);
SELECT create_hypertable('ops.fetcher_telemetry', by_range('at', INTERVAL '10 days'));
RESET ROLE;
