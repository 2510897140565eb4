-- The host's memory is the instance type's, and holds what PostgreSQL may take of it in the restore and in operation.
WITH memory AS (
    SELECT
        :'memory_kib'::bigint / 1024 AS there, :'instance_memory_gib'::numeric * 1024 AS expected,
        pg_size_bytes(current_setting('shared_buffers')) / 1048576 AS shared,
        pg_size_bytes(current_setting('work_mem')) / 1048576 * current_setting('max_connections')::int AS sorting,
        coalesce(nullif(pg_size_bytes(current_setting('autovacuum_work_mem')), -1), pg_size_bytes(current_setting('maintenance_work_mem')))
            / 1048576 * current_setting('autovacuum_max_workers')::int AS vacuuming,
        :'restore_jobs'::bigint * :'restore_memory_mib'::bigint AS restoring
),

problem (finding) AS (
    SELECT format('The target has %s MiB of memory; its instance type has %s', there, round(expected)) FROM memory WHERE there < expected * 0.85
    UNION ALL
    SELECT format('shared_buffers is %s MiB of %s', shared, there) FROM memory WHERE shared > there * 0.4
    UNION ALL
    SELECT format('the restore may take %s MiB of %s (shared_buffers %s, %s jobs %s, autovacuum %s)',
        shared + restoring + vacuuming, there, shared, :'restore_jobs', restoring, vacuuming)
    FROM memory
    WHERE shared + restoring + vacuuming > there
    UNION ALL
    SELECT format('operation may take %s MiB of %s (shared_buffers %s, work_mem of every connection %s, autovacuum %s)',
        shared + sorting + vacuuming, there, shared, sorting, vacuuming)
    FROM memory
    WHERE shared + sorting + vacuuming > there
)

SELECT
    CASE WHEN count(*) = 0 THEN 'pass' ELSE 'warn' END,
    CASE
        WHEN count(*) = 0 THEN (
            SELECT format('Of %s MiB the restore may take %s, and operation %s.', there, shared + restoring + vacuuming, shared + sorting + vacuuming)
            FROM memory
        )
        ELSE string_agg(finding, '; ' ORDER BY finding DESC) || '.'
    END
FROM problem;
