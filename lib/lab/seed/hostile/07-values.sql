-- Values that are easily changed on the way. Variable: database.
\connect :"database"
SET standard_conforming_strings = on;
SET client_min_messages = warning;
\set owner 'Owner "O''Neil" – Größe'
\set weird 'Weird "Schema" – %s $1 \\'
SET search_path = :"weird", public, "ext $chema";
SET timezone = 'UTC';
SET DateStyle = 'ISO, YMD';
SET IntervalStyle = 'postgres';
SET ROLE :"owner";

-- No key, and rows that are equal in every column.
CREATE TABLE "no key" (a integer, b text);
INSERT INTO "no key" SELECT i / 3, NULLIF('x' || i / 3, 'x1') FROM generate_series(0, 29) AS i;
INSERT INTO "no key" VALUES (NULL, NULL), (NULL, NULL), (0, ''), (0, ''), (0, ' ');

CREATE TABLE "numbers %" (
  i2 smallint, i8 bigint, n numeric, n2 numeric(5, -2), n3 numeric(3, 5), f4 real, f8 double precision, o oid, m money
);
INSERT INTO "numbers %" VALUES
  (-32768, -9223372036854775808, 'NaN', 12345, 0.00123, 'NaN', 'NaN', 4294967295, -92233720368547758.08),
  (32767, 9223372036854775807, 'Infinity', -99900, -0.00999, 'Infinity', '-Infinity', 0, 0),
  (0, 0, '-Infinity', 0, 0, '-0', '-0', 1, NULL),
  (NULL, NULL, 0.000, NULL, NULL, 1.17549435e-38, 4.9406564584124654e-324, NULL, 0.01),
  (1, 1, ('1' || repeat('0', 130000))::numeric, 1, 0, 1.4e-45, 1.7976931348623157e+308, 2, 1),
  (2, 2, ('0.' || repeat('0', 16000) || '1')::numeric, 2, 0, 0.1, 0.1::double precision + 0.2, 3, 1),
  (3, 3, 1.10, 3, 0, 16777217, 9007199254740993, 3, 1);

CREATE TABLE times (
  d date, t time(3), tz timetz, ts timestamp, tstz timestamptz, i interval, ds interval day to second(2),
  ym interval year to month
);
INSERT INTO times VALUES
  ('infinity', '24:00:00', '24:00:00-12:30', 'infinity', '-infinity', '178000000 years', '1 day 2.345', '13 months'),
  ('-infinity', '00:00', '00:00:00+15:59:59', '-infinity', 'infinity', '-178000000 years', '-1 day +02:03', '-1 year'),
  ('4713-01-01 BC', '23:59:59.999', '12:00+00:19:32', '4713-01-01 00:00:00 BC', '4713-01-01 00:00:00+00 BC',
   '1 mon -1 day +00:00:01', NULL, NULL),
  ('5874897-12-31', '12:00:00.0005', '12:00:00.000001Z', '294276-12-31 23:59:59.999999',
   '294276-12-31 23:59:59.999999+00', '-00:00:00.000001', '0', '0'),
  ('0001-12-31 BC', NULL, NULL, '1883-11-18 12:03:58', '1883-11-18 12:03:58 America/New_York',
   '1 year 2 mons -3 days 04:05:06.789', '1', '1 year'),
  (NULL, NULL, NULL, '2026-03-29 02:30:00', '2026-10-25 01:30:00 Europe/London', 'P1Y2M3DT4H5M6S', '1 sec', NULL);

-- Text that looks like what COPY writes, and what terminals, shells and SQL trip over.
CREATE TABLE "te""xts" ("co\nl %" text, "SELECT" varchar(10), " c " char(5), "$1" "char", n name, x xml, u uuid,
  "ci" citext);
INSERT INTO "te""xts" ("co\nl %", "SELECT", " c ", "$1", n, x, u, ci) VALUES
  ('', '', '', '', '', '<a/>', '00000000-0000-0000-0000-000000000000', ''),
  (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
  ('\N', '\.', '\\', '\', '\N', '<a b="c">&amp;&#10;<!-- % --></a>', 'ffffffff-ffff-ffff-ffff-ffffffffffff', 'ABC'),
  (E'\\.\n\\.', E'\t\r\n\f\b\v', E'\n', E'\n', 'NULL', '<?xml version="1.0"?><ü/>',
   '6f1e2c0a-0000-4000-8000-00000000000b', 'abc'),
  (E'\u0001\u001f\u007f\u0080\u00a0\ufeff\ufffe\U0010ffff', 'e' || U&'\0301', 'é', '$', 'ÄÖÜ', 'just text', NULL,
   'Ärger'),
  ('''; DROP TABLE x; -- "%s" $1 $$ `id` $(id)', '100 %', '"', '''', '"quoted"', '<![CDATA[ ]] > ]]>', NULL, NULL),
  (' leading and trailing ', '  ', ' x ', ' ', ' ', ' <a> </a> ', NULL, ' x '),
  (repeat('😀', 1000), '日本語', '日本', 'z', repeat('x', 63), NULL, NULL, NULL);
-- A line break and a tab in names: PostgreSQL takes them.
ALTER TABLE "te""xts" RENAME "co\nl %" TO "line
break	tab";

CREATE TABLE bytes_and_bits (b bytea, bit1 bit, bits bit(7), vb varbit, i inet, c cidr, m macaddr, m8 macaddr8,
  lsn pg_lsn, x xid8, s pg_snapshot);
INSERT INTO bytes_and_bits VALUES
  ('', B'0', B'0000000', B'', '0.0.0.0/0', '0.0.0.0/0', '00:00:00:00:00:00', 'ff:ff:ff:ff:ff:ff:ff:ff', '0/0', '0',
   '1:1:'),
  ((SELECT string_agg(set_byte('\x00', 0, i), ''::bytea ORDER BY i) FROM generate_series(0, 255) AS i), B'1',
   B'1010101', B'1', '::ffff:1.2.3.4/96', '2001:db8::/32', 'ff:ff:ff:ff:ff:ff', '08:00:2b:01:02:03',
   'FFFFFFFF/FFFFFFFF', '18446744073709551615', '10:20:10,14,15');

CREATE TABLE documents (j json, b jsonb, p jsonpath, v tsvector, q tsquery, h hstore, l ltree, ql lquery);
INSERT INTO documents VALUES
  ('{"a": 1,  "a": 2, "\u00e4": null}', '{"a": 1e400, "b": [1, 1.0, 1.00, -0, {}], "": "\\ \" \n"}',
   '$.a[*] ? (@ > 1 && @.b like_regex "^x" flag "i")', $$'it''s':1A,2B 'a b':3C '\\\\':16383 plain$$,
   $$'it''s':*AB & !( 'a b' <3> c | d )$$, '"a b"=>"\"", c=>NULL, ""=>""', 'Top.Science_1', '*.foo|bar@*{1,2}'),
  ('null', 'null', 'strict $', '', '', '', '', '*'),
  (' [ ] ', '[]', 'lax $."$x"', NULL, NULL, NULL, NULL, NULL),
  ('"text"', '"\ud83d\ude00"', '$.keyvalue()', NULL, NULL, NULL, NULL, NULL),
  (NULL, jsonb_build_object('deep', repeat('[', 500) || repeat(']', 500), 'n', 12345678901234567890.123456789), NULL,
   NULL, NULL, NULL, NULL, NULL);

CREATE TABLE shapes (p point, l line, s lseg, b box, path path, poly polygon, c circle);
INSERT INTO shapes VALUES
  ('(-0,NaN)', '{1,-1,0}', '[(1e300,-1e300),(0.1,0.2)]', '(1,1),(-1,-1)', '[(0,0),(1,1)]', '((0,0),(1,0),(1,1))',
   '<(0,0),Infinity>'),
  ('(Infinity,-Infinity)', '{0,-1,5}', '[(0,0),(0,0)]', '(0,0),(0,0)', '((0,0),(1,1))', '((0.1,0.2))', '<(1,2),0>'),
  (NULL, NULL, NULL, NULL, NULL, NULL, NULL);

CREATE TABLE ranges (
  i int4range, n numrange, t tstzrange, d daterange, f "float range", x "text range",
  im int4multirange, tm tstzmultirange, fm "many float ranges"
);
INSERT INTO ranges VALUES
  ('empty', '(,)', '[-infinity,infinity]', '(,2026-01-01]', '[NaN,NaN]', '["a,b","c""d")', '{}', '{}', '{}'),
  ('[1,1]', '[0,0]', '(,)', '[infinity,)', '[-0,0.1]', '["",]', '{[1,2],[5,7]}',
   '{(,2026-01-01 00:00+00),[2026-02-01 00:00+00,)}', '{[1,2),(3,]}'),
  (NULL, '[NaN,]', NULL, 'empty', '(,)', '(\\,é]', NULL, NULL, NULL);

CREATE TABLE nested (
  a integer[], aa text[][], bounds integer[], e "enum's"[], c inner_composite, o "outer composite",
  oc "outer composite"[],
  d positive, dn numbers, dc composite_domain, dm "email $"[], ec "empty composite", my "my int"[], r int4range[]
);
INSERT INTO nested VALUES
  ('{}', '{{a,NULL},{"NULL",""}}', '[-3:-1]={1,NULL,3}', ARRAY['', 'it''s', NULL, '\', 'NULL']::"enum's"[],
   ROW(1, 'x,"y"', '{1.5,NULL}'),
   ROW(ROW(NULL, '', NULL), ARRAY[ROW(1, '(")', '{}')::inner_composite, NULL], 'A'),
   ARRAY[ROW(NULL, NULL, NULL)::"outer composite"],
   1, '{1,2}', ROW(NULL, NULL, NULL), '{a@b,""}', ROW(), ARRAY['1', '2']::"my int"[],
   ARRAY['[1,2)', 'empty']::int4range[]),
  (NULL, '{{{a}},{{b}}}', '[0:1][5:6]={{1,2},{3,4}}', NULL, ROW(NULL, NULL, NULL), NULL, NULL, 999, NULL, NULL, NULL,
   NULL, NULL, NULL),
  ('{NULL}', '{}', NULL, '{}', NULL, ROW(NULL, NULL, NULL), '{}', 5, '{}', ROW(-1, ' ', '{}'), '{}', NULL, '{}', '{}');

-- Names of objects as values: they are kept as numbers, which differ on the other side.
CREATE TABLE object_names (c regclass, t regtype, r regrole, p regproc, n regnamespace, cfg regconfig, o regoperator,
  pr regprocedure);
INSERT INTO object_names VALUES
  ('"te""xts"', '"enum''s"[]', '"Owner ""O''Neil"" – Größe"', 'my_hash', '"select"', '"my config''s"',
   '@#@(none,text)', '"select"(integer)'),
  ('pg_class', 'integer', 'postgres', 'pg_catalog.now', 'public', 'english', '=(integer,integer)', 'pg_catalog.now()'),
  ('-', '-', '-', '-', '-', '-', '0', '-');

-- Larger than a page: compressed, out of line, or both.
CREATE TABLE toasted (id integer PRIMARY KEY, plain text, external text, b bytea);
ALTER TABLE toasted ALTER external SET STORAGE EXTERNAL;
INSERT INTO toasted
SELECT i, repeat('compressible ', i * 40000), repeat('x', i * 100000),
       (SELECT string_agg(sha256(convert_to(i || '.' || j, 'UTF8')), '' ORDER BY j)
        FROM generate_series(1, i * 20000) AS j)
  FROM generate_series(1, 3) AS i;

-- Tables with no column: three rows of nothing; and one that lost all its columns.
CREATE TABLE "zero columns" ();
INSERT INTO "zero columns" DEFAULT VALUES;
INSERT INTO "zero columns" DEFAULT VALUES;
INSERT INTO "zero columns" DEFAULT VALUES;
CREATE TABLE lost_columns (a integer, b text);
INSERT INTO lost_columns VALUES (1, 'x'), (2, 'y');
ALTER TABLE lost_columns DROP a, DROP b;

-- Dropped columns, and columns whose old rows hold no value but the default of that time.
CREATE TABLE changed (dropped1 integer, a integer, dropped2 text, b text, dropped3 "enum's");
INSERT INTO changed (a, b) SELECT i, 'b' || i FROM generate_series(1, 5) AS i;
ALTER TABLE changed DROP dropped1, DROP dropped2, DROP dropped3;
ALTER TABLE changed ADD added integer NOT NULL DEFAULT 7, ADD added_text text DEFAULT 'it''s', ADD d positive,
  ADD "gen $" text GENERATED ALWAYS AS (b || '-' || a::text) STORED,
  ADD at timestamptz DEFAULT '2026-01-01 00:00:00+00';
INSERT INTO changed (a, b, added) VALUES (6, NULL, 8);
ALTER TABLE changed ALTER added SET DEFAULT 9, ALTER at DROP DEFAULT;

CREATE TABLE "table whose name has exactly 63 bytes, the longest there can be" (
  "column whose name has exactly 63 bytes, the longest there can b" integer PRIMARY KEY, "user" text, "order" integer,
  "Größe" text, "a.b" text, "%" text, "\" text, "'" text
);
INSERT INTO "table whose name has exactly 63 bytes, the longest there can be"
VALUES (1, '1', 2, '3', '4', '5', '6', '7');
RESET ROLE;
ALTER TABLE object_names OWNER TO "job owner";
