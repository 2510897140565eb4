-- Writes the statements that give multiranges their owners back. Before version 17 ALTER TYPE ... OWNER leaves a range's
-- multirange, and the array of it, with whoever made the range, which in a restore is postgres; and nothing else changes it.
-- The bootstrap superuser is pinned: no dependency on it is recorded.
SELECT format(
    'WITH owned AS (UPDATE pg_type SET typowner = %1$L::regrole WHERE oid IN (%2$L::regtype, (SELECT typarray FROM pg_type WHERE oid = %2$L::regtype)) RETURNING oid, typarray), '
    'other AS (DELETE FROM pg_shdepend WHERE classid = ''pg_type''::regclass AND objid = %2$L::regtype AND deptype = ''o'' '
    'AND dbid = (SELECT oid FROM pg_database WHERE datname = current_database())) '
    'INSERT INTO pg_shdepend SELECT d.oid, ''pg_type''::regclass, %2$L::regtype, 0, ''pg_authid''::regclass, %1$L::regrole, ''o'' '
    'FROM pg_database AS d WHERE d.datname = current_database() AND %1$L::regrole::oid <> 10;',
    t.typowner::regrole, t.oid::regtype
)
FROM pg_range AS r
JOIN pg_type AS t ON t.oid = r.rngmultitypid
WHERE
    t.oid >= 16384 AND current_setting('server_version_num')::int < 170000
    -- An extension's are the bootstrap superuser's on both sides, or this role's.
    AND NOT (t.typowner = 10 AND EXISTS (
        SELECT FROM pg_depend AS d
        WHERE d.classid = 'pg_type'::regclass AND d.objid = r.rngtypid AND d.deptype = 'e'
    ))
ORDER BY 1;
