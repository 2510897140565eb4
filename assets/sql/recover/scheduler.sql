-- Whether TimescaleDB's scheduler is at work in this database, which is how its jobs come to run; yes where there is no
-- TimescaleDB.
SELECT
    NOT EXISTS (SELECT FROM pg_extension WHERE extname = 'timescaledb')
    OR EXISTS (
        SELECT FROM pg_stat_activity
        WHERE datname = current_database() AND backend_type = 'TimescaleDB Background Worker Scheduler'
    );
