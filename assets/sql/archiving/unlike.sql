-- What archives otherwise than the runbook set it, or may lose WAL on the way: a text, or no row.
SELECT string_agg(format('%s = %s', name, setting), ', ' ORDER BY name)
FROM pg_settings
WHERE
    name = 'archive_mode' AND setting <> 'on'
    OR name = 'archive_command' AND setting <> :'command'
    OR name = 'archive_library' AND setting <> ''
    OR name = 'wal_level' AND setting = 'minimal'
HAVING count(*) > 0;
