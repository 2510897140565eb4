-- Where each sequence stands. A sequence obeys no snapshot: on a live source it is read before the dump and after it,
-- and the target must stand between the two. Those of an extension count too where the extension has them dumped.
SELECT
    format('sequence %s', c.oid::regclass),
    coalesce(s.last_value, q.seqstart)::text,
    (s.last_value IS NOT NULL)::text
FROM pg_sequence AS q
JOIN pg_class AS c ON c.oid = q.seqrelid
LEFT JOIN pg_sequences AS s ON format('%I.%I', s.schemaname, s.sequencename)::regclass = c.oid
WHERE
    c.relpersistence <> 't'
    AND (
        NOT EXISTS (SELECT FROM pg_depend AS d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
        OR EXISTS (SELECT FROM pg_extension AS e WHERE c.oid = ANY (e.extconfig))
    );
