-- Transactions prepared for a two-phase commit, which survive their sessions.
SELECT
    CASE WHEN count(*) = 0 THEN 'pass' ELSE 'fail' END,
    CASE
        WHEN count(*) = 0 THEN 'No transaction is prepared.'
        ELSE format('%s prepared: %s.', count(*), string_agg(quote_literal(gid) || ' of ' || owner, ', ' ORDER BY prepared))
    END
FROM pg_prepared_xacts
WHERE database = current_database();
