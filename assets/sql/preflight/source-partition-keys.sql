-- Partitioned tables whose rows may belong into another partition on the target. An enum's hash is its value's oid, which
-- a restore gives anew; text lies and, with a nondeterministic collation, hashes as the server's locale library has it.
WITH key AS (
    SELECT
        p.partrelid::regclass::text AS name,
        CASE
            WHEN p.partstrat = 'h' AND o.opcintype = 'anyenum'::regtype THEN 'hash of an enum'
            WHEN p.partstrat = 'h' AND NOT c.collisdeterministic THEN format('hash with the collation %I', c.collname)
            WHEN
                p.partstrat = 'r' AND c.collname IS NOT NULL
                AND CASE WHEN c.collname = 'default' THEN d.datcollate ELSE c.collname END NOT IN ('C', 'POSIX', 'ucs_basic')
                THEN format('range of text in the order of %s', CASE WHEN c.collname = 'default' THEN d.datcollate ELSE c.collname END)
        END AS reason
    FROM pg_partitioned_table AS p
    JOIN pg_database AS d ON d.datname = current_database()
    CROSS JOIN LATERAL unnest(p.partclass::oid[], p.partcollation::oid[]) AS part (opclass, collation_oid)
    JOIN pg_opclass AS o ON o.oid = part.opclass
    LEFT JOIN pg_collation AS c ON c.oid = part.collation_oid
),

listed AS (
    SELECT
        count(*) AS number,
        array_to_string((array_agg(format('%s (%s)', name, reason) ORDER BY name))[1:5], ', ')
        || CASE WHEN count(*) > 5 THEN format(' and %s more', count(*) - 5) ELSE '' END AS names
    FROM key
    WHERE reason IS NOT NULL
)

SELECT
    CASE WHEN number = 0 THEN 'pass' ELSE 'warn' END,
    CASE
        WHEN number = 0 THEN format('Partitioned tables: %s; every row belongs into the same partition on any server.', (SELECT count(*) FROM pg_partitioned_table))
        ELSE format('Rows may belong into another partition on the target: %s.', names)
    END
FROM listed;
