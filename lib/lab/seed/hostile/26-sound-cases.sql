-- What passed elsewhere as equal and broke, or could not be moved at all: the kinds of test/lab/cases, in this database too.
-- Variable: database. The last file: its event triggers write a row for each statement.
\connect :"database"
SET standard_conforming_strings = on;
SET client_min_messages = warning;
\set owner 'Owner "O''Neil" – Größe'
\set weird 'Weird "Schema" – %s $1 \\'
SET search_path = :"weird", public, "ext $chema";
SELECT count(*) FILTER (WHERE extname = 'timescaledb') > 0 AS timescaledb, count(*) FILTER (WHERE extname = 'postgis') > 0 AS postgis
FROM pg_extension \gset
SELECT current_setting('timescaledb.license', true) IS NOT DISTINCT FROM 'timescale' AS community \gset

-- A role that only a policy's expression names.
CREATE ROLE "tenant's admin" NOLOGIN;
GRANT "tenant's admin" TO "app role";
-- A view that differs at each refresh, by the clock and by the order in which floats are added up.
SET ROLE :"owner";
CREATE TABLE of_tenants (id integer PRIMARY KEY, v double precision);
INSERT INTO of_tenants SELECT i, 0.1 * i FROM generate_series(1, 500) AS i;
ALTER TABLE of_tenants ENABLE ROW LEVEL SECURITY;
CREATE POLICY "of admins" ON of_tenants USING (pg_has_role(current_user, 'tenant''s admin', 'MEMBER'));
CREATE MATERIALIZED VIEW stamped AS
  SELECT now() AS refreshed_at, random() AS r, sum(v) AS total FROM of_tenants;
-- A foreign key and a deferrable key that DISABLE TRIGGER ALL has turned off.
CREATE TABLE sound_parent (id integer PRIMARY KEY);
CREATE TABLE sound_child (id integer UNIQUE DEFERRABLE, parent integer REFERENCES sound_parent);
INSERT INTO sound_parent VALUES (1);
INSERT INTO sound_child VALUES (1, 1);
CREATE TABLE ddl_log (id bigserial PRIMARY KEY, tag text);
-- What would end the input of psql.
CREATE FUNCTION copies() RETURNS text LANGUAGE sql AS $$ SELECT 'COPY x FROM stdin;
\.
' $$;
RESET ROLE;
ALTER TABLE sound_child DISABLE TRIGGER ALL;

-- Casts like test/lab/cases/at-once.sql's would make expressions of the files before ambiguous; 04-operators.sql has others.
-- An extension's members and rows as somebody has changed them.
ALTER FUNCTION "ext $chema".unaccent(text) OWNER TO "job owner";
\if :postgis
  UPDATE public.spatial_ref_sys SET proj4text = proj4text || ' +towgs84=9,9,9,0,0,0,0' WHERE srid = 2154;
\endif
\if :timescaledb
  COPY (SELECT 1) TO PROGRAM 'mkdir -p -m 0700 /var/lib/postgresql/fast_ts';
  CREATE TABLESPACE "fast % one" LOCATION '/var/lib/postgresql/fast_ts';
  GRANT CREATE ON TABLESPACE "fast % one" TO :"owner";
  SET ROLE :"owner";
  CREATE TABLE in_tablespace (ts timestamptz NOT NULL, v double precision);
  SELECT public.create_hypertable('in_tablespace', 'ts') \g /dev/null
  SELECT public.attach_tablespace('fast % one', 'in_tablespace') \g /dev/null
  INSERT INTO in_tablespace SELECT timestamptz '2026-01-01 00:00Z' + i * interval '1 day', i FROM generate_series(1, 30) AS i;
  RESET ROLE;
\endif
\if :community
  SELECT public.alter_job(3, scheduled => FALSE, config => '{"drop_after": "3 days"}') \g /dev/null
\endif

-- The server's configuration, and settings of the database that change how a value, a name or a trigger reads.
ALTER SYSTEM SET default_text_search_config = 'pg_catalog.english';
ALTER SYSTEM SET intervalstyle = 'iso_8601';
SELECT pg_reload_conf() \g /dev/null
GRANT SET ON PARAMETER log_min_duration_statement TO PUBLIC;
ALTER DATABASE :"database" SET array_nulls = off;
ALTER DATABASE :"database" SET quote_all_identifiers = on;
ALTER DATABASE :"database" SET session_replication_role = replica;

CREATE FUNCTION log_ddl() RETURNS event_trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN INSERT INTO "Weird ""Schema"" – %s $1 \".ddl_log (tag) VALUES (tg_tag); END $$;
CREATE EVENT TRIGGER "log it all" ON ddl_command_end EXECUTE FUNCTION log_ddl();
CREATE EVENT TRIGGER "log it always" ON ddl_command_end EXECUTE FUNCTION log_ddl();
ALTER EVENT TRIGGER "log it always" ENABLE ALWAYS;
