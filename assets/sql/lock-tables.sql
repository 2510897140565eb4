-- The lock of a reader (ACCESS SHARE) on every table whose rows are dumped, as pg_dump takes it: none of them can be
-- dropped, truncated or rewritten while the snapshot is held. lock_timeout bounds the wait for each.
-- The snapshot is taken with the first statement: a table that is gone by the time it is locked ends the attempt.
DO $$
DECLARE
    relation regclass;
BEGIN
    FOR relation IN
        SELECT c.oid
        FROM pg_class AS c
        JOIN pg_namespace AS n ON n.oid = c.relnamespace
        WHERE
            c.relkind IN ('r', 'p') AND c.relpersistence <> 't'
            AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
            AND has_table_privilege(c.oid, 'SELECT')
        ORDER BY c.oid
    LOOP
        EXECUTE format('LOCK TABLE ONLY %s IN ACCESS SHARE MODE', relation);
    END LOOP;
END
$$;
