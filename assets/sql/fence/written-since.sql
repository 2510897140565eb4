-- The rows of some relations (relations, a name a line) that were written at the horizon (horizon, a transaction id) or
-- after it: a comment line with the name, then the rows as CSV. A row that was deleted is not among them. Where a query would
-- run the owner's code (users-code.sql goes first), all rows: COPY of a table is not planned.
SELECT
    -- Not \qecho: psql runs what stands in backquotes there, and a name is users' text.
    format('SELECT %L;', '-- ' || replace(c.oid::regclass::text, E'\n', ' ')),
    CASE
        WHEN c.oid = ANY (:'users_code'::oid[]) THEN format('COPY %s TO STDOUT (FORMAT csv, HEADER);', c.oid::regclass)
        ELSE format('COPY (SELECT w.* FROM ONLY %s AS w WHERE age(w.xmin) <= age(%L::xid)) TO STDOUT (FORMAT csv, HEADER);', c.oid::regclass, :'horizon')
    END
FROM pg_class AS c
WHERE c.relkind = 'r' AND c.oid >= 16384 AND replace(c.oid::regclass::text, E'\n', ' ') = ANY (string_to_array(:'relations', E'\n'))
ORDER BY c.oid;
