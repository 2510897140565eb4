-- Compression (Community edition): chunks whole, partial, unordered, frozen, and of other settings. Variable: database.
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

ALTER TABLE "Hyper $table's" SET (
  timescaledb.compress, timescaledb.compress_segmentby = '"Gerät''s",tag',
  timescaledb.compress_orderby = '"Zeit %" DESC NULLS LAST, "value $1"'
);
SELECT count(compress_chunk(c))
  FROM show_chunks('"Hyper $table''s"', older_than => timestamptz '2026-01-07 00:00+00') AS c;
-- Columns that come when some chunks are compressed.
ALTER TABLE "Hyper $table's" ADD "after % compression" text DEFAULT 'it''s';
ALTER TABLE "Hyper $table's" ADD null_after numeric;
ALTER TABLE "Hyper $table's" RENAME null_after TO "renamed after";
-- Partial: rows beside the compressed ones; one that replaces a compressed row; some that are gone or changed.
INSERT INTO "Hyper $table's" ("Zeit %", "Gerät's", "value $1", "after % compression")
SELECT timestamptz '2026-01-02 00:00:01+00' + i * interval '1 hour', 'late', i, NULL FROM generate_series(1, 5) AS i;
INSERT INTO "Hyper $table's" ("Zeit %", "Gerät's", "value $1") VALUES ('1970-01-01 00:00+00', '', 17)
  ON CONFLICT ("Gerät's", "Zeit %") DO UPDATE SET "value $1" = excluded."value $1";
UPDATE "Hyper $table's" SET "late %" = 'changed' WHERE "Zeit %" BETWEEN '2026-01-03 00:00+00' AND '2026-01-03 06:00+00';
DELETE FROM "Hyper $table's" WHERE "Gerät's" = 'Gerät ''3' AND "Zeit %" < '2026-01-04 00:00+00';

-- Chunks compressed under other settings than today's.
ALTER TABLE integers SET (timescaledb.compress, timescaledb.compress_segmentby = 'place, kind',
  timescaledb.compress_orderby = '"select"');
SELECT count(compress_chunk(c)) FROM show_chunks('integers', older_than => 500) AS c;
ALTER TABLE integers SET (timescaledb.compress_segmentby = 'kind',
  timescaledb.compress_orderby = 'place DESC, "select" NULLS FIRST');
SELECT count(compress_chunk(c)) FROM show_chunks('integers', newer_than => 500, older_than => 1500) AS c;

-- Neither segment nor order named; a chunk without rows; one compressed and opened again; one that must not change.
CREATE TABLE squeezed (at timestamptz NOT NULL, "A" integer, b text, c jsonb, d numeric[], e "enum's",
  f inner_composite, g bytea, h boolean, i uuid, j date, k smallint);
SELECT create_hypertable('squeezed', by_range('at', INTERVAL '1 day'));
INSERT INTO squeezed
SELECT timestamptz '2026-02-01 00:00+00' + n * interval '5 minutes', NULLIF(n % 10, 3),
       CASE WHEN n % 50 > 0 THEN 'b' || n % 3 ELSE '' END, jsonb_build_object('n', n),
       ARRAY[n / 7.0, NULL, 'NaN'], (enum_range(NULL::"enum's"))[1 + n % 11], ROW(n, NULL, NULL)::inner_composite,
       decode(md5(n::text), 'hex'), NULLIF(n % 3, 0) = 1,
       md5(n::text)::uuid, date '2026-01-01' + n % 400, n % 100
  FROM generate_series(0, 1999) AS n;
ALTER TABLE squeezed SET (timescaledb.compress);
SELECT count(compress_chunk(c)) FROM show_chunks('squeezed', older_than => timestamptz '2026-02-06 00:00+00') AS c;
SELECT c AS opened FROM show_chunks('squeezed', older_than => timestamptz '2026-02-02 00:00+00') AS c \gset
SELECT decompress_chunk(:'opened');
DELETE FROM squeezed WHERE at >= '2026-02-03 00:00+00' AND at < '2026-02-04 00:00+00';
SELECT c AS frozen
  FROM show_chunks('squeezed', older_than => timestamptz '2026-02-05', newer_than => timestamptz '2026-02-04') AS c \gset
SELECT _timescaledb_functions.freeze_chunk(:'frozen');
GRANT SELECT ON squeezed TO "select";

-- Compression is set, and no chunk compressed; rows that refer to a plain table, compressed and not.
ALTER TABLE dates SET (timescaledb.compress, timescaledb.compress_chunk_time_interval = '30 days',
  timescaledb.compress_orderby = 'd, v');
SELECT count(compress_chunk(c)) FROM show_chunks('dates', older_than => date '2026-01-25') AS c;
ALTER TABLE smalls SET (timescaledb.compress);
CREATE TABLE referring_compressed (at timestamptz NOT NULL, r integer NOT NULL REFERENCES referred ON UPDATE CASCADE,
  UNIQUE (r, at));
SELECT create_hypertable('referring_compressed', by_range('at', INTERVAL '1 week'));
INSERT INTO referring_compressed SELECT timestamptz '2026-01-01 00:00+00' + i * interval '1 hour', 1 + i % 2
  FROM generate_series(1, 500) AS i;
ALTER TABLE referring_compressed SET (timescaledb.compress, timescaledb.compress_segmentby = 'r');
SELECT count(compress_chunk(c))
  FROM show_chunks('referring_compressed', older_than => timestamptz '2026-01-15 00:00+00') AS c;
RESET ROLE;
\endif
