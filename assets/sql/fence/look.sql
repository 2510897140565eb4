-- What every write moves, a line each with the name at its end: the rows ever written of each relation and the file it is
-- in (TRUNCATE changes that alone), what each sequence gave last, and since when the server counts. The server's own
-- catalog counts as well, since it changes with every definition, but not what ANALYZE writes; of an extension's tables
-- only those that a dump holds.
SELECT format(
    '%s/%s counters', (SELECT extract(EPOCH FROM stats_reset) FROM pg_stat_database WHERE datname = current_database()),
    (SELECT extract(EPOCH FROM stats_reset) FROM pg_stat_archiver)
)

UNION ALL
SELECT format(
    '%s/%s/%s/%s %s', pg_stat_get_tuples_inserted(c.oid), pg_stat_get_tuples_updated(c.oid), pg_stat_get_tuples_deleted(c.oid),
    CASE WHEN c.oid >= 16384 THEN pg_relation_filenode(c.oid) END, replace(c.oid::regclass::text, E'\n', ' ')
)
FROM pg_class AS c
WHERE
    c.relkind IN ('r', 'm') AND NOT c.relisshared AND c.relpersistence <> 't'
    AND c.oid NOT IN ('pg_statistic'::regclass, 'pg_statistic_ext_data'::regclass)
    AND (
        NOT EXISTS (SELECT FROM pg_depend AS d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
        OR EXISTS (SELECT FROM pg_extension AS e WHERE c.oid = ANY (e.extconfig))
    )

UNION ALL
SELECT format('%s %s', pg_sequence_last_value(s.seqrelid), replace(s.seqrelid::regclass::text, E'\n', ' '))
FROM pg_sequence AS s
JOIN pg_class AS c ON c.oid = s.seqrelid
WHERE c.relpersistence <> 't';
