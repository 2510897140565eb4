-- Prints, as one line of JSON, what the writes since are found by: the horizon (the first transaction id that was not
-- assigned yet), the counters of each leaf and its rows as the fingerprint counted them (counted), and the sequences. Where a
-- query would run its owner's code (users-code.sql goes first), a chunk's batches are not looked into.
CREATE FUNCTION pg_temp.rows_in_batches(relation oid) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    answer bigint;
BEGIN
    EXECUTE format('SELECT coalesce(sum(_ts_meta_count), 0) FROM ONLY %s', relation::regclass) INTO answer;
    RETURN answer;
END $$;

SELECT json_build_object(
    'run', :'run',
    'takenAt', now(),
    'snapshot', pg_current_snapshot(),
    'horizon', pg_snapshot_xmax(pg_current_snapshot()),
    'countersSince', (SELECT reset FROM counters_since),
    -- Nobody but autovacuum may be at work: whatever else is in progress could commit rows from below the horizon.
    'busy', (
        SELECT coalesce(json_agg(format('pid %s %s', pid, usename)), '[]')
        FROM pg_stat_activity
        WHERE datname = current_database() AND backend_type = 'client backend' AND backend_xid IS NOT NULL AND pid <> pg_backend_pid()
    ),
    'leaves', (
        SELECT coalesce(json_agg(json_build_object(
            'name', leaf.relation::regclass, 'rows', counted.rows, 'storage', pg_relation_filenode(leaf.relation),
            'inserts', s.n_tup_ins, 'updates', s.n_tup_upd, 'deletes', s.n_tup_del,
            'compressed', leaf.compressed::regclass,
            'batches', batches.rows,
            'batchedRows', CASE WHEN leaf.compressed IS NOT NULL AND leaf.compressed <> ALL (:'users_code'::oid[]) THEN pg_temp.rows_in_batches(leaf.compressed) END,
            'batchDeletes', z.n_tup_del, 'batchInserts', z.n_tup_ins
        ) ORDER BY leaf.relation), '[]')
        FROM leaf
        JOIN pg_stat_all_tables AS s ON s.relid = leaf.relation
        LEFT JOIN pg_stat_all_tables AS z ON z.relid = leaf.compressed
        LEFT JOIN counted ON counted.name = leaf.relation::regclass::text
        LEFT JOIN counted AS batches ON batches.name = leaf.compressed::regclass::text
    ),
    'sequences', (SELECT coalesce(json_object_agg(name, value), '{}') FROM sequence_state)
);
