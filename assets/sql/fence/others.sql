-- Who could write: anybody in the database but this tool's readers, and prepared transactions. sessions.sql goes first.
SELECT name FROM session
WHERE writes OR NOT is_ours

UNION ALL
SELECT format('prepared transaction %s of %s', gid, owner) FROM pg_prepared_xacts
WHERE database = current_database();
