-- What pg_dump does not carry as it is, each with what comes of it. For a database that hostile/ has seeded: the
-- comparison is to name every one of these. Variable: database.
\connect :"database"
SET standard_conforming_strings = on;
SET client_min_messages = error;
\set owner 'Owner "O''Neil" – Größe'
\set weird 'Weird "Schema" – %s $1 \\'
SET search_path = :"weird", public, "ext $chema";
SET ROLE :"owner";

-- Rows come to lie in other partitions: hashes of an enum's values differ from server to server, so pg_dump loads
-- the rows by way of the parent.
CREATE TABLE "by enum" (e "enum's", n integer) PARTITION BY HASH (e);
CREATE TABLE "by enum 0" PARTITION OF "by enum" FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE "by enum 1" PARTITION OF "by enum" FOR VALUES WITH (MODULUS 2, REMAINDER 1);
INSERT INTO "by enum" SELECT e, i FROM unnest(enum_range(NULL::"enum's")) WITH ORDINALITY AS t (e, i);

-- The columns come in another order: those of the parent are first in a restored child.
CREATE TABLE elder (a integer);
CREATE TABLE younger (own text) INHERITS (elder);
ALTER TABLE elder ADD late integer DEFAULT 5;
INSERT INTO younger VALUES (1, 'y');

-- Restored with an encoding of its own in place of "any".
CREATE COLLATION "copy of C" FROM "C";

-- The restored one is filled anew, from the rows of today.
CREATE TABLE under_stale AS SELECT 1 AS n;
CREATE MATERIALIZED VIEW stale AS SELECT count(*) AS n FROM under_stale;
INSERT INTO under_stale VALUES (2);

-- Switched on again.
CREATE TABLE not_enforced (r integer REFERENCES referred);
RESET ROLE;
ALTER TABLE not_enforced DISABLE TRIGGER ALL;
SET ROLE :"owner";

-- Left out: an index that was never completed.
CREATE TABLE doubled AS SELECT 1 AS n FROM generate_series(1, 2);
\set ON_ERROR_STOP off
CREATE UNIQUE INDEX CONCURRENTLY never_completed ON doubled (n);
\set ON_ERROR_STOP on
RESET ROLE;
