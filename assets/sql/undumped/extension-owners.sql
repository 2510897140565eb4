-- Writes the statements that give extensions their owners back: a dump makes each anew, as whoever restores it, and no
-- statement changes that. Who owns one may update and drop it. The bootstrap superuser is pinned: no dependency on it is
-- recorded.
SELECT format(
    'UPDATE pg_extension SET extowner = %1$L::regrole WHERE extname = %2$L; '
    'DELETE FROM pg_shdepend USING pg_extension AS e WHERE classid = ''pg_extension''::regclass AND objid = e.oid AND deptype = ''o'' '
    'AND e.extname = %2$L AND dbid = (SELECT oid FROM pg_database WHERE datname = current_database()); '
    'INSERT INTO pg_shdepend SELECT d.oid, ''pg_extension''::regclass, e.oid, 0, ''pg_authid''::regclass, e.extowner, ''o'' '
    'FROM pg_database AS d, pg_extension AS e WHERE d.datname = current_database() AND e.extname = %2$L AND e.extowner <> 10;',
    e.extowner::regrole, e.extname
)
FROM pg_extension AS e
WHERE e.oid >= 16384 AND e.extowner <> 10
ORDER BY 1;
