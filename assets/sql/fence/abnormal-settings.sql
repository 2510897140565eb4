-- Settings of the server under which no production may run: fast restores use them, and a crash then loses rows.
SELECT string_agg(format('%s = %s', name, setting), ', ' ORDER BY name)
FROM pg_settings
WHERE
    name IN ('fsync', 'full_page_writes', 'autovacuum', 'track_counts') AND setting = 'off'
    OR name = 'synchronous_commit' AND setting = 'off'
    OR name = 'wal_level' AND setting = 'minimal';
