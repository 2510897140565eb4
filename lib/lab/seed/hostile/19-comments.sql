-- A comment on every kind of object. Variable: database.
\connect :"database"
SET standard_conforming_strings = on;
SET client_min_messages = warning;
\set owner 'Owner "O''Neil" – Größe'
\set weird 'Weird "Schema" – %s $1 \\'
SET search_path = :"weird", public, "ext $chema";
\set text 'It''s a comment\n\t-- "quoted" 100 % \\ $$ äöü 日本 '
COMMENT ON SCHEMA :"weird" IS :'text';
COMMENT ON SCHEMA public IS :'text';
COMMENT ON TYPE "enum's" IS :'text';
COMMENT ON TYPE "outer composite" IS :'text';
COMMENT ON COLUMN inner_composite."B b" IS :'text';
COMMENT ON TYPE "float range" IS :'text';
COMMENT ON TYPE "my int" IS :'text';
COMMENT ON TYPE "shell only" IS :'text';
COMMENT ON DOMAIN positive IS :'text';
COMMENT ON CONSTRAINT "greater than 0" ON DOMAIN positive IS :'text';
COMMENT ON OPERATOR @#@ (NONE, text) IS :'text';
COMMENT ON OPERATOR CLASS "my int ops" USING btree IS :'text';
COMMENT ON OPERATOR FAMILY "my family" USING btree IS :'text';
COMMENT ON CAST (integer AS "my int") IS :'text';
COMMENT ON ACCESS METHOD "heap two" IS :'text';
COMMENT ON COLLATION "case insensitive" IS :'text';
COMMENT ON CONVERSION "my latin" IS :'text';
COMMENT ON TEXT SEARCH PARSER "my parser" IS :'text';
COMMENT ON TEXT SEARCH TEMPLATE "my template" IS :'text';
COMMENT ON TEXT SEARCH DICTIONARY "my simple" IS :'text';
COMMENT ON TEXT SEARCH CONFIGURATION "my config's" IS :'text';
COMMENT ON LANGUAGE "pl/Other" IS :'text';
COMMENT ON FUNCTION "all the clauses" IS :'text';
COMMENT ON PROCEDURE "standard procedure" IS :'text';
COMMENT ON AGGREGATE "weighted sum"(numeric, integer) IS :'text';
COMMENT ON AGGREGATE "my percentile"(double precision ORDER BY anyelement) IS :'text';
COMMENT ON TABLE "te""xts" IS :'text';
COMMENT ON COLUMN "te""xts"."line
break	tab" IS :'text';
COMMENT ON TABLE "by range" IS :'text';
COMMENT ON CONSTRAINT "it's a check" ON parent IS :'text';
COMMENT ON CONSTRAINT "match full" ON child IS :'text';
COMMENT ON INDEX "unique 'one'" IS :'text';
COMMENT ON INDEX "partitioned index" IS :'text';
COMMENT ON STATISTICS "stat's" IS :'text';
COMMENT ON VIEW "plain view" IS :'text';
COMMENT ON COLUMN "plain view"."Col %" IS :'text';
COMMENT ON MATERIALIZED VIEW "filled %" IS :'text';
COMMENT ON RULE also_log ON referred IS :'text';
COMMENT ON TRIGGER "before row's" ON triggered IS :'text';
COMMENT ON EVENT TRIGGER "at the end %" IS :'text';
COMMENT ON SEQUENCE "never called %" IS :'text';
COMMENT ON FOREIGN DATA WRAPPER "my wrapper" IS :'text';
COMMENT ON SERVER "server %" IS :'text';
COMMENT ON FOREIGN TABLE "foreign %" IS :'text';
COMMENT ON POLICY "it's mine" ON secured IS :'text';
COMMENT ON PUBLICATION "all %" IS :'text';
COMMENT ON SUBSCRIPTION "never %" IS :'text';
