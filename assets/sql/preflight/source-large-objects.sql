-- Large objects: how many, and what room they take. pg_largeobject itself only superusers may read.
SELECT
    CASE WHEN count(*) = 0 THEN 'pass' ELSE 'warn' END,
    CASE
        WHEN count(*) = 0 THEN 'There is no large object.'
        ELSE format(
            'Large objects: %s (%s). They are dumped and compared; a rollback does not carry what is written to them after the switch.',
            count(*), pg_size_pretty(pg_table_size('pg_largeobject'))
        )
    END
FROM pg_largeobject_metadata;
