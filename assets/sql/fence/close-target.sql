-- Closes a database of the target (database) to all but superusers, and ends who is in it. Run from another database.
SELECT format('ALTER DATABASE %I CONNECTION LIMIT 0', :'database')
\gexec
SELECT count(pg_terminate_backend(pid))
FROM pg_stat_activity
WHERE datname = :'database' AND backend_type = 'client backend' AND pid <> pg_backend_pid();
