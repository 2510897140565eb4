-- Policies of every kind and jobs of one's own (Community edition), each able to run. Variable: database.
\connect :"database"
SET standard_conforming_strings = on;
SET client_min_messages = error;
\set owner 'Owner "O''Neil" – Größe'
\set weird 'Weird "Schema" – %s $1 \\'
SET search_path = :"weird", public, "ext $chema";
SELECT current_setting('timescaledb.license', true) IS NOT DISTINCT FROM 'timescale' AS community \gset
\if :community
SET timezone = 'UTC';
-- None runs by itself in the first days, so that the rows stay as they are seeded.
SELECT timestamptz 'tomorrow' + interval '2 days' AS first_run \gset
SET ROLE :"owner";

-- A compression policy of a continuous aggregate wants its refresh policy first.
SELECT add_continuous_aggregate_policy('"only materialized"', schedule_interval => INTERVAL '1 day',
  start_offset => INTERVAL '300 days', end_offset => INTERVAL '0', initial_start => :'first_run');
SELECT add_continuous_aggregate_policy('"real time %"', schedule_interval => INTERVAL '90 seconds',
  start_offset => INTERVAL '50 years', end_offset => INTERVAL '1 hour', initial_start => :'first_run');
SELECT add_continuous_aggregate_policy('"level two"', schedule_interval => INTERVAL '1 month',
  start_offset => NULL, end_offset => NULL, initial_start => :'first_run', timezone => 'America/St_Johns');
SELECT add_continuous_aggregate_policy('"of integers"', schedule_interval => INTERVAL '1 day',
  start_offset => 5000, end_offset => 100, initial_start => :'first_run');

SELECT add_compression_policy('"Hyper $table''s"', INTERVAL '100 years', initial_start => :'first_run');
SELECT add_compression_policy('integers', 700::bigint, schedule_interval => INTERVAL '7 hours',
  initial_start => :'first_run', timezone => 'Europe/London');
SELECT add_compression_policy('smalls', 30::smallint, initial_start => :'first_run');
SELECT add_compression_policy('"only materialized"', INTERVAL '400 days', initial_start => :'first_run');
SELECT add_compression_policy('squeezed', compress_created_before => INTERVAL '50 years', initial_start => :'first_run');

SELECT add_retention_policy('"Hyper $table''s"', INTERVAL '5000 years', initial_start => :'first_run');
SELECT add_retention_policy('converted', INTERVAL '900 years', initial_start => :'first_run');
SELECT add_retention_policy('integers', 100000::bigint, initial_start => :'first_run');
SELECT add_retention_policy('"level three"', INTERVAL '1 day', initial_start => :'first_run');
SELECT add_reorder_policy('"Hyper $table''s"', 'unique % one', initial_start => :'first_run') AS reorder \gset
SELECT alter_job(:reorder, scheduled => false);

-- A procedure, a function, one with neither configuration nor schedule's grid, a disabled one, one that is checked.
CREATE TABLE job_log (job integer, config jsonb, at timestamptz DEFAULT now());
CREATE PROCEDURE "job's procedure %"(job_id integer, config jsonb) LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO job_log (job, config) VALUES (job_id, config);
  COMMIT;
END $$;
ALTER PROCEDURE "job's procedure %" SET SCHEMA "moved to";
CREATE FUNCTION job_function(job_id integer, config jsonb) RETURNS void LANGUAGE sql
  AS $$ INSERT INTO "Weird ""Schema"" – %s $1 \".job_log (job, config) VALUES ($1, $2) $$;
CREATE FUNCTION "check's function"(config jsonb) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF NOT config ? 'it''s' THEN RAISE EXCEPTION 'the configuration lacks a key'; END IF;
END $$;
-- The procedure commits, so it may have no SET clause: it finds its table by the database's search_path.
ALTER FUNCTION job_function SET search_path = pg_catalog, pg_temp;

SELECT add_job('"moved to"."job''s procedure %"', INTERVAL '1 hour 0.5 seconds', fixed_schedule => false,
  config => '{"it''s": "100 % \\ \u00e4 \"x\"", "n": [1, null, 1.0]}', initial_start => :'first_run');
SELECT add_job('job_function', INTERVAL '2 months', initial_start => :'first_run', timezone => 'Asia/Kathmandu');
SELECT add_job('job_function', INTERVAL '1 day', config => '{"it''s": null}', check_config => '"check''s function"',
  initial_start => :'first_run') AS checked \gset
SELECT add_job('"moved to"."job''s procedure %"', INTERVAL '1 second', config => '{}', scheduled => false,
  initial_start => :'first_run');
SELECT alter_job(:checked, max_runtime => INTERVAL '7 minutes', max_retries => 3,
  retry_period => INTERVAL '11 seconds', next_start => :'first_run');
GRANT INSERT ON job_log TO "job owner";
GRANT USAGE ON SCHEMA "moved to" TO "job owner";
GRANT EXECUTE ON PROCEDURE "moved to"."job's procedure %" TO "job owner";
RESET ROLE;

-- Of another owner: a policy and a job; and one of the superuser.
SET ROLE "job owner";
SELECT add_continuous_aggregate_policy('of_dates', schedule_interval => INTERVAL '12 hours',
  start_offset => INTERVAL '100 years', end_offset => INTERVAL '1 day', initial_start => :'first_run');
SELECT add_job('"moved to"."job''s procedure %"', INTERVAL '1 week', config => '{"of": "job owner"}',
  initial_start => :'first_run');
RESET ROLE;
CREATE PROCEDURE public.of_the_superuser(job_id integer, config jsonb) LANGUAGE sql AS 'SELECT 1';
SELECT add_job('public.of_the_superuser', INTERVAL '1 year', initial_start => :'first_run');
\endif
