-- TimescaleDB's own job, paused and changed; one of the application's that is due in twenty days and bills customers, and one
-- that is due in a day.
CREATE ROLE tracker LOGIN PASSWORD 'lab password of tracker';
CREATE DATABASE tracker OWNER tracker;
\connect tracker
CREATE EXTENSION timescaledb;
GRANT ALL ON SCHEMA public TO tracker;
SELECT _timescaledb_functions.stop_background_workers();
SELECT alter_job(3, scheduled => FALSE, config => '{"drop_after": "3 days"}');
SET ROLE tracker;
CREATE TABLE public.bill (at timestamptz DEFAULT clock_timestamp());
CREATE PROCEDURE public.charge(job_id int, config jsonb) LANGUAGE plpgsql AS $$ BEGIN INSERT INTO public.bill DEFAULT VALUES; END $$;
SELECT add_job('public.charge', '1 month', initial_start => now() + interval '20 days');
SELECT alter_job(add_job('public.charge', '1 day'), next_start => date_trunc('hour', now() + interval '1 day'));
