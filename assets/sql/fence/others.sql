-- Who could write: anybody in the database but this tool's readers, and prepared transactions. A scheduler of TimescaleDB's
-- that cannot be stopped (stop-workers.sql) starts nothing while no job is on the schedule. sessions.sql goes first.
SELECT name FROM session
WHERE writes OR NOT (is_ours OR (is_scheduler AND NOT is_job AND :jobs_on_schedule = 0))

UNION ALL
SELECT format('prepared transaction %s of %s', gid, owner) FROM pg_prepared_xacts
WHERE database = current_database();
