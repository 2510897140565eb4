-- Sound databases that passed as "nothing differs" and broke, or that could not be moved, each a kind; here all in one database.
-- The old server's own configuration.
ALTER SYSTEM SET default_text_search_config = 'pg_catalog.english';
ALTER SYSTEM SET intervalstyle = 'sql_standard';
SELECT pg_reload_conf();
CREATE ROLE tenant_admin NOLOGIN;
CREATE ROLE neighbour_of_tracker LOGIN;
CREATE ROLE tracker LOGIN PASSWORD 'lab password of tracker';
GRANT tenant_admin TO tracker;
-- A group that tracker is in: it comes along, and its other members do not.
CREATE ROLE all_applications NOLOGIN;
GRANT all_applications TO tracker, neighbour_of_tracker;
CREATE ROLE asked_for NOLOGIN;
CREATE DATABASE tracker OWNER tracker;
\connect tracker
-- A superuser that is not the bootstrap's owns the extension and its members.
CREATE ROLE installer SUPERUSER;
SET ROLE installer;
CREATE EXTENSION timescaledb;
RESET ROLE;
GRANT ALL ON SCHEMA public TO tracker;

-- A hypertable with a tablespace of its own.
COPY (SELECT 1) TO PROGRAM 'mkdir -p -m 0700 /var/lib/postgresql/fast_ts';
CREATE TABLESPACE fast LOCATION '/var/lib/postgresql/fast_ts';
GRANT CREATE ON TABLESPACE fast TO tracker;

-- A reference system of PostGIS that somebody has corrected.
CREATE EXTENSION postgis;
UPDATE public.spatial_ref_sys SET proj4text = proj4text || ' +towgs84=9,9,9,0,0,0,0' WHERE srid = 2154;

-- Casts that people add after a move from another database.
CREATE CAST (integer AS text) WITH INOUT AS IMPLICIT;
CREATE CAST (bigint AS text) WITH INOUT AS IMPLICIT;

SET ROLE tracker;
CREATE TABLE public.reading (ts timestamptz NOT NULL, dev int, v float8);
SELECT create_hypertable('public.reading', 'ts', chunk_time_interval => interval '1 day');
SELECT attach_tablespace('fast', 'public.reading');
INSERT INTO public.reading SELECT timestamptz '2026-01-01 00:00Z' + i * interval '1 hour', i % 5, i FROM generate_series(1, 100) AS i;
CREATE MATERIALIZED VIEW public.stamped AS SELECT now() AS refreshed_at, count(*) AS n FROM public.reading;
CREATE TYPE public.speed AS RANGE (subtype = float8);
CREATE TABLE public.limits (id int PRIMARY KEY, v public.speed);
INSERT INTO public.limits VALUES (1, '[10,50)');
CREATE TABLE public.doc (id int PRIMARY KEY, body text);
INSERT INTO public.doc VALUES (1, 'The houses of London'), (2, 'running water');
CREATE VIEW public.found AS SELECT id FROM public.doc WHERE to_tsvector(body) @@ plainto_tsquery('house');
ALTER TABLE public.doc ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.doc FORCE ROW LEVEL SECURITY;
CREATE POLICY admins ON public.doc USING (pg_has_role(current_user, 'tenant_admin', 'MEMBER') OR pg_has_role(current_user, 'asked_for', 'MEMBER'));
CREATE TABLE public.kind (id int PRIMARY KEY);
CREATE TABLE public.thing (id int PRIMARY KEY, kind int REFERENCES public.kind);
INSERT INTO public.kind VALUES (1);
INSERT INTO public.thing VALUES (1, 1);
CREATE TABLE public.mine (id int, a text[]);
INSERT INTO public.mine VALUES (1, ARRAY['a', NULL]);
CREATE TABLE public.ddl_log (id bigserial PRIMARY KEY, tag text);
-- A function that has in it what would end the input of psql.
CREATE FUNCTION public.script() RETURNS text LANGUAGE sql AS $$ SELECT 'COPY x FROM stdin;
\.
' $$;
RESET ROLE;
ALTER TABLE public.thing DISABLE TRIGGER ALL;
GRANT SET ON PARAMETER log_min_duration_statement TO PUBLIC;
CREATE FUNCTION public.log_ddl() RETURNS event_trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN INSERT INTO ddl_log (tag) VALUES (tg_tag); END $$;
CREATE EVENT TRIGGER log_all ON ddl_command_end EXECUTE FUNCTION public.log_ddl();
CREATE EVENT TRIGGER log_always ON ddl_command_end EXECUTE FUNCTION public.log_ddl();
ALTER EVENT TRIGGER log_always ENABLE ALWAYS;
-- Every session works as the owner, and settings that change how a value or a name reads.
ALTER DATABASE tracker SET array_nulls = off;
ALTER DATABASE tracker SET quote_all_identifiers = on;
ALTER DATABASE tracker SET session_replication_role = replica;
ALTER DATABASE tracker SET role = 'tracker';
