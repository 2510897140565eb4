-- Lines of postgresql.conf, from the live server's: what it loads, and what a server must have no less of that replays its
-- WAL and locks as many chunks.
SELECT format('%s = %s', name, quote_literal(setting))
FROM pg_settings
WHERE
    name IN (
        'shared_preload_libraries', 'max_connections', 'max_wal_senders', 'max_prepared_transactions',
        'max_locks_per_transaction', 'wal_level', 'timescaledb.license'
    )
ORDER BY name;
