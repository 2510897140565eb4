-- pg_subscription is a superuser's to read. A dump restores a subscription disabled and without a connection,
-- so "enabled" is not compared: whether to enable it is a decision for after the switch.
SELECT
    format('subscription %I', s.subname), 'definition',
    -- Options that a later version brought are among the fields.
    format('publications %s, owner %s, slot %s, synchronous commit %s, options %s, connection digest %s',
        ARRAY(SELECT unnest(s.subpublications) ORDER BY 1), pg_get_userbyid(s.subowner), s.subslotname, s.subsynccommit,
        to_jsonb(s) - ARRAY['oid', 'subdbid', 'subname', 'subowner', 'subenabled', 'subskiplsn', 'subconninfo', 'subpublications', 'subslotname', 'subsynccommit', 'subtwophasestate'],
        encode(sha256(convert_to(:'salt' || s.subconninfo, 'UTF8')), 'hex'))
FROM pg_subscription AS s
WHERE s.subdbid = (SELECT oid FROM pg_database WHERE datname = current_database());
