-- Collations, conversions and the four kinds of text search objects. Variable: database.
\connect :"database"
SET standard_conforming_strings = on;
SET client_min_messages = warning;
\set owner 'Owner "O''Neil" – Größe'
\set weird 'Weird "Schema" – %s $1 \\'
SET search_path = :"weird", public, "ext $chema";
SET ROLE :"owner";

CREATE COLLATION "case insensitive" (PROVIDER = icu, LOCALE = 'und-u-ks-level2', DETERMINISTIC = false);
CREATE COLLATION numeric_order (PROVIDER = icu, LOCALE = 'en-u-kn');
CREATE COLLATION "with rules" (PROVIDER = icu, LOCALE = 'und', RULES = '& a < g');
CREATE COLLATION "from libc" (PROVIDER = libc, LC_COLLATE = 'C', LC_CTYPE = 'POSIX');

CREATE CONVERSION "my latin" FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
CREATE DEFAULT CONVERSION "my default latin" FOR 'UTF8' TO 'LATIN2' FROM utf8_to_iso8859;
RESET ROLE;

CREATE TEXT SEARCH PARSER "my parser" (
  START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype, HEADLINE = prsd_headline
);
CREATE TEXT SEARCH TEMPLATE "my template" (INIT = dsimple_init, LEXIZE = dsimple_lexize);

SET ROLE :"owner";
CREATE TEXT SEARCH DICTIONARY "my simple" (TEMPLATE = "my template", ACCEPT = false, STOPWORDS = 'english');
CREATE TEXT SEARCH DICTIONARY "my snowball" (TEMPLATE = snowball, LANGUAGE = 'german', STOPWORDS = 'german');
CREATE TEXT SEARCH CONFIGURATION "my config's" (PARSER = "my parser");
ALTER TEXT SEARCH CONFIGURATION "my config's" ADD MAPPING FOR asciiword, word, hword
  WITH "my simple", "ext $chema".unaccent, "my snowball";
ALTER TEXT SEARCH CONFIGURATION "my config's" ADD MAPPING FOR email, url WITH simple;
CREATE TEXT SEARCH CONFIGURATION english_copy (COPY = english);
ALTER TEXT SEARCH CONFIGURATION english_copy DROP MAPPING IF EXISTS FOR float, version;

CREATE TABLE collated (
  a text COLLATE "case insensitive", b text COLLATE numeric_order, c text COLLATE "with rules",
  d text COLLATE "from libc", e text COLLATE "POSIX", f tsvector,
  UNIQUE (a)
);
INSERT INTO collated
SELECT s, s || i, s, s, s, to_tsvector('"my config''s"', s || ' running houses')
  FROM unnest(ARRAY['Straße', 'été', 'Ωmega', 'a10', 'g2', '']) WITH ORDINALITY AS t (s, i);
CREATE INDEX ON collated (b, c, d COLLATE "C");
RESET ROLE;
