-- The sessions of the application's role (:role) that are not of this tool. Who is no superuser sees no backend_type.
SELECT count(*)
FROM pg_stat_activity
WHERE usename = :'role'
  AND datname = current_database()
  AND coalesce(backend_type, 'client backend') = 'client backend'
  AND application_name NOT LIKE 'timescale-cutover/%';
