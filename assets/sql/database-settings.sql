-- The database's settings for all roles, as the catalog keeps them (name=value), but the one by which TimescaleDB knows a restore:
-- a JSON array.
SELECT coalesce(json_agg(setting), '[]')
FROM pg_db_role_setting AS s
CROSS JOIN LATERAL unnest(s.setconfig) AS setting
WHERE
    s.setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database()) AND s.setrole = 0
    AND NOT starts_with(setting, 'timescaledb.restoring=');
