-- The database: a locale that is not the cluster's, settings that change how values are printed, an ACL, extensions.
-- Variable: database.
\connect postgres
CREATE DATABASE :"database"
  TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8' LOCALE_PROVIDER icu ICU_LOCALE 'en-GB'
  ICU_RULES '& V << w <<< W' CONNECTION LIMIT 99;
ALTER DATABASE :"database" OWNER TO "Owner ""O'Neil"" – Größe";
COMMENT ON DATABASE :"database" IS E'It''s a "hostile" one\n-- DROP DATABASE; 100 % \\';

ALTER DATABASE :"database" SET search_path = 'Weird "Schema" – %s $1 \', public, 'ext $chema';
ALTER DATABASE :"database" SET DateStyle = 'SQL, DMY';
ALTER DATABASE :"database" SET IntervalStyle = 'sql_standard';
ALTER DATABASE :"database" SET bytea_output = 'escape';
ALTER DATABASE :"database" SET extra_float_digits = -5;
ALTER DATABASE :"database" SET timezone = 'America/St_Johns';
ALTER DATABASE :"database" SET xmlbinary = 'hex';
ALTER DATABASE :"database" SET standard_conforming_strings = off;
ALTER DATABASE :"database" SET escape_string_warning = off;
ALTER DATABASE :"database" SET statement_timeout = '5min';
ALTER DATABASE :"database" SET lock_timeout = '2min';
ALTER DATABASE :"database" SET "my.own.setting" = 'it''s % \ "mine"';
ALTER ROLE "app role" IN DATABASE :"database" SET default_transaction_read_only = on;
ALTER ROLE "app role" IN DATABASE :"database" SET search_path = '';
ALTER ROLE "trailing space " IN DATABASE :"database" SET work_mem = '4242kB';

REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"database" TO "group % outer" WITH GRANT OPTION;
GRANT TEMPORARY, CREATE ON DATABASE :"database" TO "select";
SET ROLE "group % outer";
GRANT CONNECT ON DATABASE :"database" TO "trailing space ";
RESET ROLE;

\connect :"database"
SET standard_conforming_strings = on;
SELECT count(*) > 0 AS timescaledb FROM pg_available_extensions WHERE name = 'timescaledb' \gset
SELECT count(*) > 0 AS postgis FROM pg_available_extensions WHERE name = 'postgis_topology' \gset
\if :timescaledb
  CREATE EXTENSION timescaledb SCHEMA public;
  \connect :"database"
  SET standard_conforming_strings = on;
\endif

CREATE SCHEMA "ext $chema";
GRANT USAGE ON SCHEMA "ext $chema" TO PUBLIC;
CREATE EXTENSION pgcrypto SCHEMA "ext $chema";
CREATE EXTENSION hstore SCHEMA "ext $chema";
CREATE EXTENSION citext SCHEMA "ext $chema";
CREATE EXTENSION unaccent SCHEMA "ext $chema";
CREATE EXTENSION pg_trgm SCHEMA public;
CREATE EXTENSION btree_gist SCHEMA public;
CREATE EXTENSION ltree SCHEMA public;
CREATE EXTENSION file_fdw SCHEMA public;
CREATE EXTENSION postgres_fdw SCHEMA public;
\if :postgis
  CREATE EXTENSION postgis SCHEMA public;
  -- Its rows are configuration of the extension, a few of them ours; it also changes the database's search_path.
  CREATE EXTENSION postgis_topology;
  INSERT INTO spatial_ref_sys (srid, auth_name, auth_srid, srtext, proj4text)
  VALUES (990001, 'mine', 1, 'LOCAL_CS["it''s % mine"]', '+proj=longlat +datum=WGS84 +no_defs');
  SELECT topology.CreateTopology('Stadtplan', 4326, 0.5);
  SELECT topology.AddNode('Stadtplan', ST_GeomFromText('POINT(1 2)', 4326));
\endif
COMMENT ON EXTENSION pgcrypto IS 'Our own words about an extension';
