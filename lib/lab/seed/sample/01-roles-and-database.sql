-- Roles of the tracker application, then its database: its owner, limits and settings.
-- Variables: database, password_tracker, password_ingest_app, password_report_app, password_tracker_ops.
-- Every file of this folder starts from an empty psql session and connects by itself.
\connect postgres
SET password_encryption = 'scram-sha-256';

CREATE ROLE tracker LOGIN CREATEDB CONNECTION LIMIT 40 PASSWORD :'password_tracker';
CREATE ROLE tracker_rw NOLOGIN;
CREATE ROLE tracker_ro NOLOGIN;
CREATE ROLE tracker_audit NOLOGIN NOINHERIT;
CREATE ROLE tracker_ops LOGIN PASSWORD :'password_tracker_ops';
CREATE ROLE ingest_app LOGIN CONNECTION LIMIT 20 PASSWORD :'password_ingest_app';
CREATE ROLE report_app LOGIN VALID UNTIL '2099-12-31 23:59:59+00' PASSWORD :'password_report_app';

GRANT tracker_ro TO tracker_rw;
GRANT tracker_rw TO ingest_app;
GRANT tracker_ro TO report_app WITH INHERIT TRUE, SET FALSE;
GRANT tracker_audit TO tracker WITH ADMIN OPTION;
GRANT pg_read_all_stats TO tracker_ops;

COMMENT ON ROLE tracker IS 'Owner of the tracker database and of nearly everything in it';
COMMENT ON ROLE ingest_app IS 'The fetcher: writes position reports';

ALTER ROLE ingest_app SET synchronous_commit = 'off';
ALTER ROLE report_app SET statement_timeout = '5min';

-- From template0: the cluster's own default encoding may be SQL_ASCII.
CREATE DATABASE :"database"
  OWNER tracker TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8' CONNECTION LIMIT 80;

COMMENT ON DATABASE :"database" IS 'Positions of the trackers – fetched hourly';
REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"database" TO tracker_ro;
GRANT CONNECT, TEMPORARY ON DATABASE :"database" TO tracker_rw, tracker_ops;

ALTER DATABASE :"database" SET timezone = 'UTC';
ALTER DATABASE :"database" SET work_mem = '8MB';
ALTER DATABASE :"database" SET default_statistics_target = 200;
ALTER ROLE report_app IN DATABASE :"database" SET default_transaction_read_only = 'on';
ALTER ROLE ingest_app IN DATABASE :"database" SET lock_timeout = '10s';

\connect :"database"
-- timescaledb first and alone in its session: its library is loaded by the creation.
CREATE EXTENSION timescaledb;
\connect :"database"
CREATE EXTENSION postgis;
CREATE EXTENSION pg_trgm;
