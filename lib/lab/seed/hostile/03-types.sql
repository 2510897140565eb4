-- Schemas, and every kind of type. Variable: database.
\connect :"database"
SET standard_conforming_strings = on;
SET client_min_messages = warning;
\set owner 'Owner "O''Neil" – Größe'
\set weird 'Weird "Schema" – %s $1 \\'

CREATE SCHEMA :"weird" AUTHORIZATION :"owner";
CREATE SCHEMA "select" AUTHORIZATION "select";
CREATE SCHEMA "trailing space " AUTHORIZATION "group % outer";
CREATE SCHEMA "empty schema";
GRANT USAGE, CREATE ON SCHEMA :"weird" TO "job owner", "select", "group \ inner";
SET search_path = :"weird", public, "ext $chema";
SET ROLE :"owner";

CREATE TYPE "enum's" AS ENUM ('', 'a', 'A', 'it''s', 'ä "ö" %', ' trailing ', '\', 'NULL',
  'a label which has exactly sixty-three bytes, the most there can');
ALTER TYPE "enum's" ADD VALUE 'between' BEFORE 'A';
ALTER TYPE "enum's" ADD VALUE 'between too' BEFORE 'A';
ALTER TYPE "enum's" RENAME VALUE 'a' TO 'renamed';
CREATE TYPE "empty enum" AS ENUM ();

CREATE TYPE inner_composite AS (a integer, "B b" text COLLATE "C", dropped integer, c numeric(5, 2)[]);
ALTER TYPE inner_composite DROP ATTRIBUTE dropped;
CREATE TYPE "outer composite" AS (i inner_composite, many inner_composite[], e "enum's");
CREATE TYPE "empty composite" AS ();

CREATE DOMAIN positive AS integer DEFAULT 1 CONSTRAINT "greater than 0" CHECK (VALUE > 0) NOT NULL;
ALTER DOMAIN positive ADD CONSTRAINT "under a 1000 %" CHECK (VALUE < 1000) NOT VALID;
CREATE DOMAIN "small positive" AS positive CHECK (VALUE < 100);
CREATE DOMAIN "email $" AS text COLLATE "C" DEFAULT 'it''s@example.org' CHECK (VALUE LIKE '%@%' OR VALUE = '');
CREATE DOMAIN numbers AS integer[] CHECK (cardinality(VALUE) < 5);
CREATE DOMAIN composite_domain AS inner_composite CHECK ((VALUE).a IS DISTINCT FROM 13);

CREATE FUNCTION "float diff"(double precision, double precision) RETURNS double precision
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN $1 - $2;
CREATE TYPE "float range" AS RANGE (
  SUBTYPE = double precision, SUBTYPE_DIFF = "float diff", MULTIRANGE_TYPE_NAME = "many float ranges"
);
CREATE TYPE "text range" AS RANGE (SUBTYPE = text, COLLATION = "C", SUBTYPE_OPCLASS = text_pattern_ops);

-- Of another owner, in the first one's schema.
RESET ROLE;
ALTER TYPE "empty enum" OWNER TO "trailing space ";
ALTER DOMAIN "email $" OWNER TO "job owner";

-- A shell, and a base type on the server's own functions for integers.
CREATE TYPE "shell only";
CREATE TYPE "my int";
CREATE FUNCTION my_int_in(cstring) RETURNS "my int" LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'int4in';
CREATE FUNCTION my_int_out("my int") RETURNS cstring LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'int4out';
CREATE FUNCTION my_int_receive(internal) RETURNS "my int" LANGUAGE internal IMMUTABLE STRICT AS 'int4recv';
CREATE FUNCTION my_int_send("my int") RETURNS bytea LANGUAGE internal IMMUTABLE STRICT AS 'int4send';
CREATE TYPE "my int" (
  INPUT = my_int_in, OUTPUT = my_int_out, RECEIVE = my_int_receive, SEND = my_int_send,
  LIKE = integer, CATEGORY = 'N', PREFERRED = false, DEFAULT = '42', DELIMITER = ';', COLLATABLE = false
);
