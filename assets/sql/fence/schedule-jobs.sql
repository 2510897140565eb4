-- Puts the jobs of :chosen_jobs (a JSON array of ids) on the schedule or takes them off it (:scheduled). open.sql or close.sql
-- goes before it. alter_job() drops a time zone that it is not given again, and where it is given one computes the next start.
\if :has_timescaledb
SELECT format(
    'SELECT ''job='' || job_id FROM %I.alter_job(%s, scheduled => %L%s)', :'timescaledb_schema', j.id, :'scheduled',
    format(', timezone => %L', j.timezone)
    || CASE WHEN j.timezone IS NOT NULL AND isfinite(s.next_start) THEN format(', next_start => %L', s.next_start) ELSE '' END
)
FROM jsonb_array_elements_text(:'chosen_jobs'::jsonb) AS chosen
JOIN _timescaledb_config.bgw_job AS j ON j.id = chosen::int
LEFT JOIN _timescaledb_internal.bgw_job_stat AS s ON s.job_id = j.id
ORDER BY j.id
\gexec
\endif
