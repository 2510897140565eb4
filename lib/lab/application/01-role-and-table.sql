-- What the lab's application writes into, added to whatever database the source was seeded with.
-- Variables: database, role, password.
\connect :"database"
SET password_encryption = 'scram-sha-256';
SET client_min_messages = warning;
SET synchronous_commit = off;

-- A restored dump's roles have no login, and another seed may lack this one.
SELECT format('CREATE ROLE %I', :'role') WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'role') \gexec
ALTER ROLE :"role" LOGIN PASSWORD :'password';
GRANT CONNECT ON DATABASE :"database" TO :"role";
CREATE SCHEMA lab AUTHORIZATION :"role";

SET ROLE :"role";
-- A number is written once: its time is that of the first try, so that a retry meets the same key.
CREATE TABLE lab.tracker_write (
  written_at timestamptz NOT NULL,
  number bigint NOT NULL,
  writer text NOT NULL,
  battery smallint NOT NULL DEFAULT 100,
  PRIMARY KEY (number, written_at)
);
CREATE INDEX tracker_write_time_index ON lab.tracker_write (written_at DESC);
COMMENT ON TABLE lab.tracker_write IS 'Numbered without a gap by the lab''s application';
RESET ROLE;

SELECT count(*) > 0 AS has_timescaledb FROM pg_extension WHERE extname = 'timescaledb' \gset
\if :has_timescaledb
  SELECT set_config('search_path', quote_ident(nspname), false) AS search_path
    FROM pg_extension JOIN pg_namespace ON pg_namespace.oid = extnamespace WHERE extname = 'timescaledb' \gset
  SET ROLE :"role";
  SELECT create_hypertable('lab.tracker_write', by_range('written_at', INTERVAL '1 hour'));
  RESET ROLE;
\endif
