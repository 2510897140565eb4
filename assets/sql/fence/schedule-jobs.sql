-- Puts the jobs of :chosen_jobs (a JSON array of ids) on the schedule or takes them off it (:scheduled). open.sql or close.sql
-- goes before it. Not by alter_job(): that calls the function by which a job's owner has its configuration checked, as whoever
-- alters the job, and drops its time zone.
\if :has_timescaledb
UPDATE _timescaledb_config.bgw_job SET scheduled = :'scheduled'
WHERE id IN (SELECT chosen::int FROM jsonb_array_elements_text(:'chosen_jobs'::jsonb) AS chosen) AND scheduled <> :'scheduled';
-- When this table's entry changes, the scheduler reads its jobs anew.
UPDATE pg_class SET relname = relname WHERE oid = to_regclass('_timescaledb_cache.cache_inval_bgw_job');
\endif
