-- The scheduled jobs in one state (state): failed, waiting, succeeded, not-due, or failing-as-on-source. failing_on_source is a
-- JSON array of job ids. A job that is not due within a minute is not waited for; the jobs below 1000 are the extension's own,
-- of which one (telemetry) never runs where it is turned off.
WITH job AS (
    SELECT
        format('job %s (%s)', j.job_id, j.application_name) AS name,
        CASE
            WHEN s.last_run_status = 'Failed' AND :'failing_on_source'::jsonb @> to_jsonb(j.job_id) THEN 'failing-as-on-source'
            WHEN s.last_run_status = 'Failed' THEN 'failed'
            WHEN s.last_run_status = 'Success' THEN 'succeeded'
            WHEN j.next_start > now() + interval '1 minute' THEN 'not-due'
            ELSE 'waiting'
        END AS state
    FROM timescaledb_information.jobs AS j
    LEFT JOIN timescaledb_information.job_stats AS s USING (job_id)
    WHERE j.scheduled AND j.job_id >= 1000
)

SELECT name
FROM job
WHERE state = :'state'
ORDER BY name;
