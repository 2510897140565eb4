-- What the libraries themselves say, in a database made for it.
CREATE EXTENSION timescaledb;
CREATE EXTENSION postgis;
SELECT extversion FROM pg_extension WHERE extname = 'timescaledb';
SELECT public.postgis_lib_version();
