-- Ends every session that a fence waits for, jobs too. sessions.sql goes first.
SELECT
    CASE WHEN pg_terminate_backend(pid) THEN 'ended' ELSE 'gone' END || format('=%s %s %s s', name, work, seconds)
FROM session
WHERE is_job OR NOT (is_superuser OR is_scheduler);
