-- Transactions prepared for a two-phase commit, which survive their sessions.
WITH found AS (
    SELECT prepared, format('%L of %s, prepared %s ago', gid, owner, date_trunc('second', now() - prepared)) AS name
    FROM pg_prepared_xacts
    WHERE database = current_database()
),

listed AS (
    SELECT
        count(*) AS number,
        array_to_string((array_agg(name ORDER BY prepared))[1:5], '; ')
        || CASE WHEN count(*) > 5 THEN format(' and %s more', count(*) - 5) ELSE '' END AS names
    FROM found
)

SELECT
    CASE WHEN number = 0 THEN 'pass' ELSE 'fail' END,
    CASE WHEN number = 0 THEN 'No transaction is prepared.' ELSE format('Prepared transactions: %s.', names) END
FROM listed;
