-- The databases that can be asked for TimescaleDB's jobs.
SELECT datname FROM pg_database WHERE datallowconn AND NOT datistemplate ORDER BY datname;
