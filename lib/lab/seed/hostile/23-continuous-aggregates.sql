-- Continuous aggregates (Community edition), with refreshes that are pending. Variable: database.
\connect :"database"
SET standard_conforming_strings = on;
SET client_min_messages = error;
\set owner 'Owner "O''Neil" – Größe'
\set weird 'Weird "Schema" – %s $1 \\'
SET search_path = :"weird", public, "ext $chema";
SELECT current_setting('timescaledb.license', true) IS NOT DISTINCT FROM 'timescale' AS community \gset
\if :community
SET timezone = 'UTC';
SET ROLE :"owner";

CREATE MATERIALIZED VIEW "real time %" ("Stunde $", "Gerät's", n, "last value", tags)
  WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
  SELECT time_bucket('1 hour', "Zeit %"), "Gerät's", count(*), last("value $1", "Zeit %"), max(tag)
    FROM "Hyper $table's" WHERE "Gerät's" <> 'it''s % \' GROUP BY 1, 2
  WITH NO DATA;
ALTER MATERIALIZED VIEW "real time %" RENAME n TO "renamed n";
CREATE MATERIALIZED VIEW "only materialized"
  WITH (timescaledb.continuous, timescaledb.materialized_only, timescaledb.create_group_indexes = false) AS
  SELECT time_bucket('6 hours', "Zeit %", origin => timestamptz '2000-01-01 01:00+00') AS b, tag, sum("value $1") AS s,
         avg("late number") AS a
    FROM "Hyper $table's" GROUP BY b, tag HAVING count(*) > 0
  WITH NO DATA;
-- One on another, and one more on that; months in a time zone; a bucket with an offset.
CREATE MATERIALIZED VIEW "level two" WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
  SELECT time_bucket('1 day', "Stunde $") AS "Tag", sum("renamed n") AS n FROM "real time %" GROUP BY 1
  WITH NO DATA;
CREATE MATERIALIZED VIEW "level three" WITH (timescaledb.continuous, timescaledb.materialized_only) AS
  SELECT time_bucket('1 month', "Tag") AS month, sum(n) AS n FROM "level two" GROUP BY 1
  WITH NO DATA;
CREATE MATERIALIZED VIEW "monthly, in St. John's" WITH (timescaledb.continuous) AS
  SELECT time_bucket('1 month', at, 'America/St_Johns') AS b, count(*) AS n FROM converted GROUP BY 1
  WITH NO DATA;
CREATE MATERIALIZED VIEW "with offset" WITH (timescaledb.continuous) AS
  SELECT time_bucket('1 week', at, "offset" => INTERVAL '2 days 3 hours') AS b, r, count(*) AS n FROM converted
   GROUP BY 1, 2
  WITH NO DATA;
-- Of integers, of dates, joined to a plain table, and one that nobody has refreshed.
CREATE MATERIALIZED VIEW "of integers" WITH (timescaledb.continuous) AS
  SELECT time_bucket(100, "select") AS b, kind, sum(v) AS v FROM integers GROUP BY 1, 2
  WITH NO DATA;
CREATE MATERIALIZED VIEW of_dates WITH (timescaledb.continuous) AS
  SELECT time_bucket('10 days', d) AS b, max(v) AS v FROM dates GROUP BY 1
  WITH NO DATA;
CREATE MATERIALIZED VIEW joined WITH (timescaledb.continuous) AS
  SELECT time_bucket('1 day', at) AS b, referred."Na me" AS name, count(*) AS n
    FROM referring_compressed JOIN referred ON r = id GROUP BY 1, 2
  WITH NO DATA;
CREATE MATERIALIZED VIEW "never refreshed" WITH (timescaledb.continuous, timescaledb.materialized_only) AS
  SELECT time_bucket('1 day', at) AS b, count(*) AS n FROM squeezed GROUP BY 1
  WITH NO DATA;

CREATE INDEX "own % index" ON "only materialized" (s DESC, tag);
COMMENT ON VIEW "real time %" IS E'It''s a\ncontinuous aggregate';
COMMENT ON COLUMN "real time %"."Stunde $" IS '100 %';
GRANT SELECT ON "real time %" TO "app role" WITH GRANT OPTION;
GRANT SELECT ON "level three" TO PUBLIC;
CREATE VIEW on_aggregate AS SELECT "Stunde $", "renamed n" FROM "real time %" WHERE "renamed n" > 1;
ALTER MATERIALIZED VIEW joined SET SCHEMA "moved to";
ALTER MATERIALIZED VIEW "moved to".joined RENAME TO "joined 'n moved'";
RESET ROLE;
ALTER MATERIALIZED VIEW of_dates OWNER TO "job owner";
GRANT SELECT ON dates TO "job owner";
SET ROLE :"owner";

CALL refresh_continuous_aggregate('"real time %"', '2026-01-01', '2026-01-25');
CALL refresh_continuous_aggregate('"only materialized"', NULL, '2026-01-15');
CALL refresh_continuous_aggregate('"level two"', '2026-01-01', '2026-01-20');
CALL refresh_continuous_aggregate('"level three"', NULL, NULL);
CALL refresh_continuous_aggregate('"monthly, in St. John''s"', NULL, NULL);
CALL refresh_continuous_aggregate('"with offset"', '2025-07-05', '2025-08-20');
CALL refresh_continuous_aggregate('"of integers"', NULL, 1000);
CALL refresh_continuous_aggregate('"moved to"."joined ''n moved''"', NULL, NULL);

ALTER MATERIALIZED VIEW "only materialized" SET (timescaledb.compress);
SELECT count(compress_chunk(c)) FROM show_chunks('"only materialized"') AS c;
ALTER MATERIALIZED VIEW "level three" SET (timescaledb.materialized_only = false);
ALTER MATERIALIZED VIEW "with offset" SET (timescaledb.materialized_only = true);

-- Changes behind what is refreshed: pending in the hypertable's log, and in the log of the aggregate.
INSERT INTO "Hyper $table's" ("Zeit %", "Gerät's", "value $1")
SELECT timestamptz '2026-01-08 00:00:03+00' + i * interval '1 hour', 'pending', i
  FROM generate_series(1, 9) AS i;
CALL refresh_continuous_aggregate('"real time %"', '2026-01-08 02:00+00', '2026-01-08 05:00+00');
DELETE FROM converted WHERE id = 55;
UPDATE integers SET v = v + 1000 WHERE "select" BETWEEN 300 AND 400;
INSERT INTO "Hyper $table's" ("Zeit %", "Gerät's", "value $1")
SELECT timestamptz '2026-01-21 00:00:03+00' + i * interval '1 hour', 'pending', i
  FROM generate_series(1, 9) AS i;
-- The mark up to which a write has to be logged is behind the newest rows.
INSERT INTO dates VALUES ('2026-05-01', 1);
RESET ROLE;
\endif
