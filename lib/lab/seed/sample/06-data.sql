-- The data. Variables: database, scale_mb (about the size of the database, in MB; default 200),
-- base_time (the newest timestamp; default the present hour). The same variables give the same rows.
\connect :"database"
\if :{?scale_mb}
\else
  \set scale_mb 200
\endif
\if :{?base_time}
\else
  SELECT date_trunc('hour', now()) AS base_time \gset
\endif
-- The database with its extensions but without data takes 20 MB, and every device about one MB.
SELECT greatest(5, :scale_mb - 20) AS devices, :'base_time'::timestamptz AS base_time \gset

-- The session's own settings: 42 days of reports are loaded in one go, and nothing here must survive a crash.
SET synchronous_commit = off;
SET maintenance_work_mem = '128MB';
SET ROLE tracker;

INSERT INTO account (name, email, created_at)
SELECT names[1 + i % 6] || ' ' || i,
       'account' || i || '@example.org',
       timestamptz :'base_time' - i * interval '1 hour'
  FROM generate_series(1, 1 + :devices / 3) AS i,
       (VALUES (ARRAY['Åsa Lindqvist', 'Øystein Dahl', 'María José', '王小明', 'O''Brien', 'Zoë "Z" Quill'])) AS n (names);

INSERT INTO device (account_id, serial, kind, label, last_fix, tags, attributes, registered_at)
SELECT 1000 + i % (1 + :devices / 3),
       'GT' || lpad((i * 7919 % 100000000)::text, 8, '0'),
       (enum_range(NULL::device_kind))[1 + i % 4],
       CASE WHEN i % 11 > 0 THEN 'Tracker №' || i || (ARRAY['', ' (Koffer)', ' 🚲'])[1 + i % 3] END,
       CASE WHEN i % 2 = 0 THEN ROW(51.5 + i / 1000.0, -0.1, 12.5)::geo_fix END,
       CASE WHEN i % 5 = 0 THEN '{}' ELSE ARRAY['t' || i % 4, 'group ' || i % 9] END,
       jsonb_build_object('firmware', '2.' || i % 7, 'colour', NULL, 'sizes', jsonb_build_array(i, i * 0.5)),
       timestamptz :'base_time' - interval '60 days' + i * interval '1 minute'
  FROM generate_series(1, :devices) AS i;

INSERT INTO device_key
SELECT d, p, sha256(convert_to(d || '/' || p, 'UTF8'))
  FROM generate_series(1, :devices) AS d, generate_series(1, 500) AS p;

INSERT INTO geofence
SELECT i, 'Fence ' || i, ST_Buffer(ST_SetSRID(ST_MakePoint(-0.1 + i / 100.0, 51.5), 4326), 0.01, 4)
  FROM generate_series(1, 40) AS i;

INSERT INTO "FamilyShare" ("deviceId", "Empfänger", "geteilt am")
SELECT 1 + i % :devices, (ARRAY['Jürgen', 'Łukasz', 'Σωκράτης', 'いろは'])[1 + i % 4] || i, date '2025-01-01' + i % 300
  FROM generate_series(1, 500) AS i;

-- Every device reports every 20 minutes of 42 days and wanders around a place of its own.
INSERT INTO position_report (reported_at, device_id, point, accuracy_m, battery, source)
SELECT timestamptz :'base_time' - n * interval '20 minutes' + d % 60 * interval '1 second',
       d,
       ST_Point(-0.12 + d * 0.003 + 0.02 * sin(n * 0.05 + d), 51.5 + 0.02 * cos(n * 0.03 + d * 2), 4326),
       (hashint8(d * 3024 + n) & 255) / 2.0,
       CASE WHEN n % 97 > 0 THEN 100 - n % 101 END,
       (enum_range(NULL::report_source))[1 + (n % 50 = 0)::int]
  FROM generate_series(3024, 1, -1) AS n, generate_series(1, :devices) AS d;

INSERT INTO battery_sample
SELECT timestamptz :'base_time' - n * interval '20 minutes', d, (ARRAY['voltage', 'temperature'])[1 + n % 2],
       CASE WHEN n % 61 > 0 THEN 3.7 + 0.5 * sin(n * 0.01 + d) END
  FROM generate_series(3024, 1, -1) AS n, generate_series(1, :devices) AS d;

INSERT INTO fetch_log
SELECT extract(epoch FROM timestamptz :'base_time')::bigint - n * 7200, d, n % 24,
       CASE WHEN n % 12 = 0 THEN repeat(md5(n::text || d), 20) END
  FROM generate_series(500, 1, -1) AS n, generate_series(1, :devices) AS d;
RESET ROLE;

SET ROLE tracker_ops;
INSERT INTO ops.fetcher_telemetry
SELECT timestamptz :'base_time' - n * interval '5 minutes', 'fetcher-' || n % 2, n % 100, n * 4096
  FROM generate_series(1, 12000) AS n;
RESET ROLE;

SET ROLE tracker;
-- One validation of all rows is far quicker than a check of each.
ALTER TABLE position_report ADD FOREIGN KEY (device_id) REFERENCES device;
CREATE TRIGGER position_last_fix AFTER INSERT ON position_report
  FOR EACH ROW EXECUTE FUNCTION keep_last_fix();
UPDATE account SET name = name || ' (moved)' WHERE account_id % 10 = 0;
DELETE FROM "FamilyShare" WHERE "shareId" % 100 = 0;
REFRESH MATERIALIZED VIEW device_daily;
SELECT setval('import_reject_import_reject_id_seq', 41, true);

-- Large objects: floor plans, with fixed numbers so that tests can name them.
SELECT lo_from_bytea(70000 + i, convert_to(repeat('floor plan ' || i || E'\n', i * 9000), 'UTF8'))
  FROM generate_series(1, 3) AS i;
GRANT SELECT ON LARGE OBJECT 70001, 70002 TO tracker_ro;
COMMENT ON LARGE OBJECT 70001 IS 'Ground floor';
RESET ROLE;
SELECT lo_from_bytea(70010, '\x00ff00ff');
