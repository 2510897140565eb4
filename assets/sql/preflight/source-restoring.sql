-- timescaledb_pre_restore() sets it for the database, and nothing but timescaledb_post_restore() takes it away.
SELECT
    CASE WHEN is_on THEN 'fail' ELSE 'pass' END,
    CASE
        WHEN is_on THEN 'timescaledb.restoring is on: an earlier restore into this database was never ended, and queries leave out rows.'
        ELSE 'timescaledb.restoring is not on.'
    END
FROM (SELECT coalesce(current_setting('timescaledb.restoring', TRUE), 'off') IN ('on', 'true', '1', 'yes') AS is_on) AS restoring;
