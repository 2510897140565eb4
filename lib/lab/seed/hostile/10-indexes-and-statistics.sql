-- Indexes of every method and form, extended statistics. Variable: database.
\connect :"database"
SET standard_conforming_strings = on;
SET client_min_messages = warning;
\set owner 'Owner "O''Neil" – Größe'
\set weird 'Weird "Schema" – %s $1 \\'
SET search_path = :"weird", public, "ext $chema";
-- A class for the second method; no index, since the planner knows B-trees by their method's number.
CREATE OPERATOR CLASS int4_two_ops DEFAULT FOR TYPE integer USING "btree two" AS
  OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 btint4cmp(integer, integer);
SET ROLE :"owner";
CREATE TABLE indexed (
  id integer NOT NULL, a text, b integer[], c jsonb, d tsvector, e int4range, f point, g inet, h timestamptz, i citext,
  j integer NOT NULL
);
INSERT INTO indexed
SELECT n, 'text ' || n % 17, ARRAY[n, n % 5], jsonb_build_object('k', n % 3), to_tsvector('simple', 'w' || n % 7),
  int4range(n, n + 5),
       point(n, n % 13), ('10.0.' || n % 256 || '.1')::inet, timestamptz '2026-01-01 00:00+00' + n * interval '1 hour',
       'C' || n % 4, n % 19
  FROM generate_series(1, 800) AS n;

CREATE UNIQUE INDEX "unique 'one'" ON indexed (id) INCLUDE (a, "j");
CREATE INDEX "partial %" ON indexed (j DESC NULLS LAST, lower(a) text_pattern_ops) WHERE a LIKE '%1%' AND j <> 3;
CREATE INDEX "expression $" ON indexed ((j * 2 + 1), ((c ->> 'k')::integer), (a || E'\n''x'));
ALTER INDEX "expression $" ALTER COLUMN 1 SET STATISTICS 555;
CREATE INDEX indexed_gin ON indexed USING gin (b, c jsonb_path_ops, d)
  WITH (fastupdate = off, gin_pending_list_limit = 128);
CREATE INDEX indexed_gist ON indexed USING gist (e, f, g inet_ops, d tsvector_ops (siglen = 200))
  WITH (buffering = on, fillfactor = 80);
CREATE INDEX indexed_trgm ON indexed USING gist (a gist_trgm_ops (siglen = 64));
CREATE INDEX indexed_spgist ON indexed USING spgist (f quad_point_ops) INCLUDE (id);
CREATE INDEX indexed_brin ON indexed
  USING brin (h timestamptz_minmax_multi_ops (values_per_range = 16), id int4_bloom_ops (n_distinct_per_range = 50))
  WITH (pages_per_range = 4, autosummarize = on);
CREATE INDEX indexed_hash ON indexed USING hash (i) WITH (fillfactor = 60);
CREATE INDEX indexed_collated ON indexed (a COLLATE "case insensitive", a COLLATE "C" DESC);
CREATE INDEX "clustered one" ON indexed (h) WITH (deduplicate_items = off);
CREATE INDEX "descending class" ON indexed (id "descending ops");
CREATE UNIQUE INDEX "of replicas" ON indexed (j, id);
CREATE UNIQUE INDEX distinct_nulls ON indexed (id, h) NULLS NOT DISTINCT;
CLUSTER indexed USING "clustered one";
ALTER TABLE indexed REPLICA IDENTITY USING INDEX "of replicas";
ALTER TABLE "no key" REPLICA IDENTITY FULL;
ALTER TABLE referred REPLICA IDENTITY NOTHING;

CREATE STATISTICS "stat's" (ndistinct, dependencies, mcv) ON a, j, h FROM indexed;
CREATE STATISTICS "select".of_expressions ON (j % 3), lower(a), id FROM indexed;
ALTER STATISTICS "stat's" SET STATISTICS 1234;
CREATE STATISTICS single_expression ON (date_trunc('day', h AT TIME ZONE 'UTC')) FROM indexed;
RESET ROLE;
ALTER STATISTICS single_expression OWNER TO "job owner";
ANALYZE indexed;
