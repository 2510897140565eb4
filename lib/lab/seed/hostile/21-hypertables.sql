-- Hypertables: every kind of dimension, names that need quoting, changes after the first chunks. Variable: database.
\connect :"database"
SET standard_conforming_strings = on;
SET client_min_messages = error;
\set owner 'Owner "O''Neil" – Größe'
\set weird 'Weird "Schema" – %s $1 \\'
SET search_path = :"weird", public, "ext $chema";
SELECT count(*) > 0 AS timescaledb FROM pg_extension WHERE extname = 'timescaledb' \gset
\if :timescaledb
SET timezone = 'UTC';
CREATE SCHEMA "chunks of ""it's""" AUTHORIZATION :"owner";
CREATE SCHEMA "moved to" AUTHORIZATION :"owner";
GRANT USAGE, CREATE ON SCHEMA "chunks of ""it's""" TO "job owner";
SET ROLE :"owner";

-- A column that is gone before the first chunk, one that goes and one that comes between chunks, an interval and a
-- number of partitions that change, chunks in a schema of their own, a new name, triggers, storage parameters.
CREATE TABLE "first name" (
  gone integer, "Zeit %" timestamptz NOT NULL DEFAULT now(), "Gerät's" text NOT NULL,
  "value $1" double precision DEFAULT 'NaN',
  goes text, tag "enum's" DEFAULT 'it''s', doubled double precision GENERATED ALWAYS AS ("value $1" * 2) STORED,
  many integer[], whole inner_composite, CONSTRAINT "value's check" CHECK ("value $1" <> -1)
) WITH (fillfactor = 77, autovacuum_enabled = false);
ALTER TABLE "first name" DROP gone;
SELECT create_hypertable('"first name"', by_range('Zeit %', INTERVAL '3 days'), create_default_indexes => false);
SELECT set_chunk_time_interval('"first name"', INTERVAL '2 days');
SELECT add_dimension('"first name"', by_hash('Gerät''s', 3));
CREATE UNIQUE INDEX "unique % one" ON "first name" ("Gerät's", "Zeit %" DESC) INCLUDE (tag);
CREATE INDEX "partial 'one'" ON "first name" (("value $1" + 1), lower("Gerät's") COLLATE "C") WHERE "value $1" > 5;
CREATE TRIGGER "row's" BEFORE INSERT OR UPDATE ON "first name" FOR EACH ROW WHEN (NEW."value $1" = 4711)
  EXECUTE FUNCTION "log it"('it''s');
CREATE TRIGGER off AFTER DELETE ON "first name" FOR EACH ROW EXECUTE FUNCTION "log it"();
CREATE TRIGGER statement AFTER INSERT ON "first name" FOR EACH STATEMENT EXECUTE FUNCTION "log it"();
INSERT INTO "first name" ("Zeit %", "Gerät's", "value $1", goes, tag, many, whole)
SELECT timestamptz '2026-01-01 00:00+00' + i * interval '37 minutes', 'Gerät ''' || i % 7,
       CASE WHEN i % 13 > 0 THEN i END, 'x', (enum_range(NULL::"enum's"))[1 + i % 9], ARRAY[i, NULL],
       ROW(i, 'b"' || i, NULL)::inner_composite
  FROM generate_series(1, 400) AS i;
ALTER TABLE "first name" DROP goes;
ALTER TABLE "first name" ADD "late %" text DEFAULT 'it''s late', ADD late_number numeric;
SELECT set_chunk_time_interval('"first name"', INTERVAL '5 days');
SELECT set_number_partitions('"first name"', 2, 'Gerät''s');
INSERT INTO "first name" ("Zeit %", "Gerät's", "value $1", late_number)
SELECT timestamptz '2026-01-20 00:00+00' + i * interval '1 hour', 'Gerät ' || i % 5, i, i / 3.0
  FROM generate_series(1, 300) AS i;
INSERT INTO "first name" ("Zeit %", "Gerät's", "value $1") VALUES
  ('1970-01-01 00:00+00', '', '-0'), ('2262-01-01 00:00+00', E'a\nb', 'Infinity'),
  ('0044-03-15 12:00+00 BC', '%', NULL);
ALTER TABLE "first name" RENAME TO "Hyper $table's";
ALTER TABLE "Hyper $table's" RENAME late_number TO "late number";
ALTER TABLE "Hyper $table's" RENAME CONSTRAINT "value's check" TO "check's value";
ALTER TABLE "Hyper $table's" ADD CONSTRAINT "not valid yet" CHECK ("value $1" > 0) NOT VALID;
ALTER TABLE "Hyper $table's" CLUSTER ON "unique % one";
ALTER TABLE "Hyper $table's" ALTER "value $1" SET STATISTICS 33, ALTER "late %" SET STORAGE EXTERNAL,
  SET (fillfactor = 66);
CREATE STATISTICS "of a hypertable" ON "Gerät's", tag FROM "Hyper $table's";
COMMENT ON TABLE "Hyper $table's" IS E'It''s\na hypertable';
COMMENT ON COLUMN "Hyper $table's"."Zeit %" IS '100 %';
GRANT SELECT, INSERT ("value $1") ON "Hyper $table's" TO "app role" WITH GRANT OPTION;

-- Integer time of each width, with functions that tell the present; a second range; a hash of one's own.
CREATE FUNCTION "now's number"() RETURNS bigint LANGUAGE sql STABLE SET search_path = '' RETURN 2000;
CREATE FUNCTION small_now() RETURNS smallint LANGUAGE sql STABLE RETURN 100::smallint;
CREATE FUNCTION "my partition"(anyelement) RETURNS integer
  LANGUAGE sql IMMUTABLE AS 'SELECT abs(hashtext($1::text)) % 1000';
CREATE TABLE integers ("select" bigint NOT NULL, place integer NOT NULL, kind text NOT NULL, v numeric,
  PRIMARY KEY ("select", place, kind));
SELECT create_hypertable('integers', 'select', chunk_time_interval => 500,
  associated_schema_name => 'chunks of "it''s"', associated_table_prefix => 'it''s %');
SELECT add_dimension('integers', by_range('place', 10));
SELECT add_dimension('integers', by_hash('kind', 2, partition_func => '"my partition"'));
SELECT set_integer_now_func('integers', '"now''s number"');
INSERT INTO integers SELECT i * 17 - 200, i % 25, 'k' || i % 3, i FROM generate_series(1, 120) AS i;
CREATE TABLE smalls (t smallint NOT NULL, v text);
SELECT create_hypertable('smalls', by_range('t', 50));
SELECT set_integer_now_func('smalls', 'small_now');
INSERT INTO smalls SELECT i, 'v' || i FROM generate_series(-100, 100, 5) AS i;

-- Time as a date, without a zone, and out of a value that is no time.
CREATE TABLE dates (d date NOT NULL, v integer);
SELECT create_hypertable('dates', by_range('d', INTERVAL '10 days'));
INSERT INTO dates SELECT date '2026-01-01' + i, i FROM generate_series(1, 40) AS i;
CREATE TABLE "without zone" (ts timestamp NOT NULL, p point, UNIQUE (ts) DEFERRABLE INITIALLY DEFERRED);
SELECT create_hypertable('"without zone"', by_range('ts', INTERVAL '1 month'));
INSERT INTO "without zone" SELECT timestamp '2026-03-28 22:00' + i * interval '1 day', point(i, i)
  FROM generate_series(1, 50) AS i;
CREATE FUNCTION time_of(jsonb) RETURNS timestamptz LANGUAGE sql IMMUTABLE SET timezone = 'UTC'
  AS $$ SELECT ($1 ->> 'at')::timestamptz $$;
CREATE TABLE documents_in_time (j jsonb NOT NULL);
SELECT create_hypertable('documents_in_time', by_range('j', INTERVAL '1 week', partition_func => 'time_of'),
  create_default_indexes => false);
INSERT INTO documents_in_time
SELECT jsonb_build_object('at', timestamptz '2026-01-01 00:00+00' + i * interval '1 day')
  FROM generate_series(1, 30) AS i;

-- Rows that were there before, with an identity, and chunks of it dropped since.
CREATE TABLE converted (
  id bigint GENERATED ALWAYS AS IDENTITY, at timestamptz NOT NULL, r integer REFERENCES referred ON DELETE SET NULL,
  PRIMARY KEY (at, id)
);
INSERT INTO converted (at, r) SELECT timestamptz '2025-06-01 00:00+00' + i * interval '1 day', NULLIF(i % 3, 0)
  FROM generate_series(1, 90) AS i;
SELECT create_hypertable('converted', by_range('at', INTERVAL '2 weeks'), migrate_data => true);
SELECT drop_chunks('converted', older_than => timestamptz '2025-07-01 00:00+00');
-- A plain table that refers to a hypertable. From the sixth row on TimescaleDB 2.18's check of the key goes by a
-- generic plan, which finds no row.
SET plan_cache_mode = force_custom_plan;
CREATE TABLE refers_to_hypertable (at timestamptz, id bigint,
  FOREIGN KEY (at, id) REFERENCES converted ON DELETE CASCADE);
COMMENT ON CONSTRAINT refers_to_hypertable_at_id_fkey ON refers_to_hypertable IS 'to a hypertable';
INSERT INTO refers_to_hypertable SELECT at, id FROM converted WHERE id % 10 = 0;

-- Row security, and a replica identity; no compression here.
CREATE TABLE "secured hyper" (at timestamptz NOT NULL, owned_by name, v integer);
SELECT create_hypertable('"secured hyper"', by_range('at', INTERVAL '1 week'));
INSERT INTO "secured hyper" SELECT timestamptz '2026-01-01 00:00+00' + i * interval '1 day', 'app role', i
  FROM generate_series(1, 20) AS i;
ALTER TABLE "secured hyper" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "hyper's policy" ON "secured hyper" TO "app role" USING (owned_by = current_user);
ALTER TABLE "secured hyper" REPLICA IDENTITY FULL;

-- Chunks that differ from their hypertable: an index, a storage parameter and a comment of their own.
CREATE TABLE uneven (at timestamptz NOT NULL, v integer);
SELECT create_hypertable('uneven', by_range('at', INTERVAL '1 week'));
INSERT INTO uneven SELECT timestamptz '2026-01-01 00:00+00' + i * interval '1 day', i FROM generate_series(1, 20) AS i;
SELECT min(c::text) AS chunk FROM show_chunks('uneven') AS c \gset
RESET ROLE;
CREATE INDEX "only here" ON :chunk (v);
SET ROLE :"owner";
ALTER TABLE :chunk SET (fillfactor = 51);
ALTER TABLE :chunk ALTER v SET STATISTICS 44;
COMMENT ON TABLE :chunk IS 'a chunk''s own comment';
CREATE INDEX per_chunk ON uneven (v DESC) WITH (timescaledb.transaction_per_chunk);
ALTER TABLE uneven SET SCHEMA "moved to";

CREATE TABLE "never a row" ("at %" timestamptz NOT NULL);
SELECT create_hypertable('"never a row"', by_range('at %'));
RESET ROLE;

SELECT count(*) > 0 AS postgis FROM pg_extension WHERE extname = 'postgis' \gset
\if :postgis
  CREATE TABLE geometries (at timestamptz NOT NULL, g geometry(GeometryZ, 990001), gg geography(Point, 4326),
    any_geometry geometry);
  SELECT create_hypertable('geometries', by_range('at', INTERVAL '1 week'));
  CREATE INDEX ON geometries USING gist (g gist_geometry_ops_nd);
  INSERT INTO geometries VALUES
    ('2026-01-01 00:00+00', 'SRID=990001;LINESTRING Z (0 0 1, 1e-300 -0 2)', 'POINT(179.999 -89.9)',
     'GEOMETRYCOLLECTION EMPTY'),
    ('2026-01-09 00:00+00', 'SRID=990001;POINT Z EMPTY', NULL, 'CURVEPOLYGON(CIRCULARSTRING(0 0, 4 0, 4 4, 0 4, 0 0))'),
    ('2026-01-17 00:00+00', NULL, 'POINT(0 0)', 'SRID=3857;POINT ZM (1 2 3 4)');
  ALTER TABLE geometries OWNER TO "job owner";
\endif
\endif
