-- One fault of each kind that Preflight's checks of the source's server look for.
CREATE TABLESPACE elsewhere LOCATION 'ELSEWHERE';
CREATE DATABASE moved TABLESPACE elsewhere;
CREATE DATABASE loose TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE 'C';
CREATE DATABASE shut CONNECTION LIMIT 0;
CREATE DATABASE planted TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'de' LOCALE 'C';
SELECT pg_create_physical_replication_slot('standby');

\connect planted
SELECT pg_create_logical_replication_slot('reader', 'pgoutput');
CREATE EXTENSION dblink SCHEMA public;
CREATE EXTENSION pg_trgm SCHEMA public VERSION '1.5';
CREATE EXTENSION house_rules SCHEMA public;

CREATE TABLE public.heap (bytes text);
ALTER TABLE public.heap ALTER COLUMN bytes SET STORAGE EXTERNAL;
INSERT INTO public.heap SELECT repeat(md5(i::text), 64) FROM generate_series(1, 10000) AS i;
CREATE TABLE public.away (id int) TABLESPACE elsewhere;
CREATE INDEX away_index ON public.away (id) TABLESPACE elsewhere;

-- A library that sorts has changed since; nothing uses the last collation.
CREATE COLLATION public.old (PROVIDER = icu, LOCALE = 'fr');
CREATE COLLATION public.unused (PROVIDER = icu, LOCALE = 'it');
CREATE TABLE public.sorted (name text COLLATE public.old);
UPDATE pg_collation SET collversion = '1.0' WHERE collname IN ('old', 'unused');

CREATE PUBLICATION a FOR TABLE public.heap;
CREATE PUBLICATION b FOR TABLE public.heap;
CREATE PUBLICATION c FOR TABLE public.heap;
CREATE PUBLICATION d FOR TABLE public.heap;
CREATE PUBLICATION e FOR TABLE public.heap;
CREATE PUBLICATION f FOR TABLE public.heap;
CREATE PUBLICATION g FOR TABLE public.heap;
CREATE SUBSCRIPTION feed CONNECTION 'host=db.example.org' PUBLICATION up WITH (connect = false);
