-- A replication slot that nobody reads keeps all WAL since, and the restore writes much.
SELECT
    CASE WHEN count(*) = 0 THEN 'pass' ELSE 'warn' END,
    CASE
        WHEN count(*) = 0 THEN 'No unread replication slot keeps WAL on the target.'
        ELSE format(
            'Replication slots that nobody reads keep WAL on the target: %s.',
            array_to_string((array_agg(
                format('%s (%s)', slot_name, coalesce(pg_size_pretty(pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn)), 'nothing yet'))
                ORDER BY slot_name
            ))[1:5], ', ')
        )
    END
FROM pg_replication_slots
WHERE NOT active;
