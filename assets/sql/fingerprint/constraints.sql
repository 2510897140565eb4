-- Constraints, indexes, triggers, policies, rules and statistics objects. What somebody made
-- on an extension's table too: no dump carries it.
WITH ours AS (
    SELECT c.oid
    FROM pg_class AS c
    JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE
        c.relpersistence <> 't' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
)

SELECT
    'constraint ' || (pg_identify_object('pg_constraint'::regclass, k.oid, 0)).identity, 'definition',
    format('%s%s%s', pg_get_constraintdef(k.oid),
        CASE WHEN NOT k.conislocal THEN ' (inherited)' END,
        CASE WHEN k.conparentid <> 0 THEN ' (of the partitioned table)' END)
FROM pg_constraint AS k
WHERE k.conrelid IN (SELECT oid FROM ours) AND k.contype <> 't'

UNION ALL
-- An invalid index is not dumped: it is left out here, and inspect-source lists it.
SELECT
    'index ' || i.indexrelid::regclass::text, 'definition',
    concat_ws(', ', pg_get_indexdef(i.indexrelid),
        CASE WHEN i.indisclustered THEN 'clustered' END,
        CASE WHEN i.indisreplident THEN 'replica identity' END,
        'part of ' || parent.inhparent::regclass::text,
        'statistics ' || (
            SELECT string_agg(format('%s: %s', a.attnum, a.attstattarget), ' ' ORDER BY a.attnum)
            FROM pg_attribute AS a
            WHERE a.attrelid = i.indexrelid AND a.attstattarget >= 0
        ))
FROM pg_index AS i
JOIN pg_class AS c ON c.oid = i.indexrelid
LEFT JOIN pg_inherits AS parent ON parent.inhrelid = i.indexrelid
WHERE i.indrelid IN (SELECT oid FROM ours) AND (i.indisvalid OR c.relkind = 'I')

UNION ALL
SELECT
    'trigger ' || (pg_identify_object('pg_trigger'::regclass, t.oid, 0)).identity, 'definition',
    format('%s; enabled %s%s', pg_get_triggerdef(t.oid), t.tgenabled,
        CASE WHEN t.tgparentid <> 0 THEN ' (of the partitioned table)' END)
FROM pg_trigger AS t
WHERE t.tgrelid IN (SELECT oid FROM ours) AND NOT t.tgisinternal

UNION ALL
-- A trigger of the server's own (a foreign key's, a deferrable constraint's) has another name on each side: its constraint,
-- its table and its function name it. Only those that somebody turned off, or on for a replica.
SELECT
    'constraint ' || (pg_identify_object('pg_constraint'::regclass, t.tgconstraint, 0)).identity,
    format('internal trigger on %s, type %s, function %s', t.tgrelid::regclass, t.tgtype, t.tgfoid::regprocedure), t.tgenabled::text
FROM pg_trigger AS t
WHERE t.tgrelid IN (SELECT oid FROM ours) AND t.tgisinternal AND t.tgconstraint <> 0 AND t.tgenabled <> 'O'

UNION ALL
SELECT
    'policy ' || (pg_identify_object('pg_policy'::regclass, p.oid, 0)).identity, 'definition',
    format('%s, permissive %s, to %s, using %s, with check %s', p.polcmd, p.polpermissive,
        ARRAY(SELECT CASE WHEN role = 0 THEN 'PUBLIC' ELSE pg_get_userbyid(role) END FROM unnest(p.polroles) AS role ORDER BY 1),
        pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))
FROM pg_policy AS p
WHERE p.polrelid IN (SELECT oid FROM ours)

UNION ALL
SELECT
    'rule ' || (pg_identify_object('pg_rewrite'::regclass, w.oid, 0)).identity, 'definition',
    format('%s; enabled %s', pg_get_ruledef(w.oid), w.ev_enabled)
FROM pg_rewrite AS w
WHERE w.ev_class IN (SELECT oid FROM ours) AND w.rulename <> '_RETURN'

UNION ALL
SELECT
    'statistics ' || (pg_identify_object('pg_statistic_ext'::regclass, s.oid, 0)).identity, 'definition',
    format('%s; target %s', pg_get_statisticsobjdef(s.oid), coalesce(nullif(s.stxstattarget::int, -1)::text, 'default'))
FROM pg_statistic_ext AS s
WHERE s.stxrelid IN (SELECT oid FROM ours);
