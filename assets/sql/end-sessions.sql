-- Ends this run's other sessions on the source, and nobody else's.
SELECT count(pg_terminate_backend(pid)) AS ended
FROM pg_stat_activity
WHERE application_name = :'application' AND pid <> pg_backend_pid();
