-- Ends the sessions that are not in the middle of something begun before the fence; tells what became of each, and which
-- are waited for. sessions.sql goes first.
SELECT
    CASE WHEN is_late THEN 'late' WHEN pg_terminate_backend(pid) THEN 'ended' ELSE 'gone' END
    || format('=%s %s %s s', name, work, seconds)
FROM session
WHERE is_job OR NOT (is_superuser OR is_scheduler);
