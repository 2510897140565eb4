-- pg_subscription is a superuser's to read. A dump restores a subscription disabled and without a connection,
-- so "enabled" is not compared: whether to enable it is a decision for after the switch.
SELECT
    format('subscription %I', s.subname), 'definition',
    format('publications %s, slot %s, synchronous commit %s, connection digest %s',
        ARRAY(SELECT unnest(s.subpublications) ORDER BY 1), s.subslotname, s.subsynccommit, encode(sha256(convert_to(:'salt' || s.subconninfo, 'UTF8')), 'hex'))
FROM pg_subscription AS s
WHERE s.subdbid = (SELECT oid FROM pg_database WHERE datname = current_database());
