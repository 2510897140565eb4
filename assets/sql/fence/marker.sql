-- First in every session that asks about a fence or changes it: the marker that a fence leaves among the database's
-- settings, and what the database was before it (prior_...), as psql variables. One transaction at a time: two that open,
-- or one that opens and one that closes, wait for each other.
SELECT pg_advisory_xact_lock(hashtext('timescale_cutover.fence')) IS NULL AS waited
\gset
SELECT
    count(marker) > 0 AS has_marker,
    coalesce(max(marker ->> 'run'), '') AS marker_run,
    coalesce(max(marker ->> 'execution'), '') AS marker_execution,
    coalesce(max(marker ->> 'phase'), '') AS marker_phase,
    coalesce(max(marker ->> 'fencedAt'), '') AS marker_fenced_at,
    coalesce(max(marker ->> 'jobs'), '[]') AS marker_jobs,
    coalesce(max(CASE WHEN marker ->> 'phase' <> 'open' THEN (marker ->> 'connectionLimit')::int END), max(d.datconnlimit))
        AS prior_limit,
    coalesce(max(CASE WHEN marker ->> 'phase' <> 'open' THEN marker ->> 'readOnly' END), max(d.read_only), '') AS prior_read_only
FROM (
    SELECT d.*, (
        SELECT substr(setting, length('default_transaction_read_only=') + 1)
        FROM pg_db_role_setting AS s
        CROSS JOIN LATERAL unnest(s.setconfig) AS setting
        WHERE s.setdatabase = d.oid AND s.setrole = 0 AND starts_with(setting, 'default_transaction_read_only=')
    ) AS read_only
    FROM pg_database AS d
) AS d
LEFT JOIN LATERAL (
    SELECT substr(setting, length('timescale_cutover.fence=') + 1)::jsonb AS marker
    FROM pg_db_role_setting AS s
    CROSS JOIN LATERAL unnest(s.setconfig) AS setting
    WHERE s.setdatabase = d.oid AND s.setrole = 0 AND starts_with(setting, 'timescale_cutover.fence=')
) AS m ON TRUE
WHERE d.datname = current_database()
\gset
SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'timescaledb') AS has_timescaledb
\gset
\set timescaledb_schema ''
\set prior_jobs '[]'
\set jobs_on_schedule 0
\set job_names '[]'
\if :has_timescaledb
-- Jobs below 1000 are the extension's own. A job of the marker that somebody dropped in between is not missed.
SELECT
    n.nspname AS timescaledb_schema,
    j.names AS job_names,
    j.prior AS prior_jobs,
    j.on_schedule AS jobs_on_schedule
FROM pg_extension AS e
JOIN pg_namespace AS n ON n.oid = e.extnamespace
CROSS JOIN LATERAL (
    SELECT
        coalesce(jsonb_agg(application_name), '[]') AS names,
        coalesce(
            jsonb_agg(job_id ORDER BY job_id)
            FILTER (WHERE job_id >= 1000 AND (scheduled OR :'marker_jobs'::jsonb @> to_jsonb(job_id))), '[]'
        ) AS prior,
        count(*) FILTER (WHERE job_id >= 1000 AND scheduled) AS on_schedule
    FROM timescaledb_information.jobs
) AS j
WHERE e.extname = 'timescaledb'
\gset
\endif
