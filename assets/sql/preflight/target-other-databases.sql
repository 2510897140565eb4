-- Other databases of the target's cluster: they share its volume, and its backups hold them too.
SELECT
    CASE WHEN count(*) = 0 THEN 'pass' ELSE 'warn' END,
    CASE
        WHEN count(*) = 0 THEN 'The target''s cluster has no other database.'
        ELSE format(
            'The target''s cluster has other databases, which share its room and its backups: %s%s.',
            array_to_string((array_agg(format('%I (%s)', datname, pg_size_pretty(pg_database_size(oid))) ORDER BY datname))[1:5], ', '),
            CASE WHEN count(*) > 5 THEN format(' and %s more', count(*) - 5) ELSE '' END
        )
    END
FROM pg_database
WHERE NOT datistemplate AND datname NOT IN ('postgres', :'database');
