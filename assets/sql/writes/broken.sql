-- What the server does not check while its own triggers are silenced: the foreign keys of the rows that were written, and
-- unique and exclusion constraints that may be deferred. Each gives the saved rows that break it.
CREATE FUNCTION pg_temp.conditions(own smallint[], own_table oid, own_alias text, other smallint[], other_table oid, other_alias text, operators oid[])
RETURNS text LANGUAGE sql AS $$
    SELECT string_agg(format('%s.%I %s %s.%I', other_alias, b.attname, pg_temp.compared(c.operator), own_alias, a.attname), ' AND ')
    FROM unnest(own, other, operators) AS c (own, other, operator)
    JOIN pg_attribute AS a ON a.attrelid = own_table AND a.attnum = c.own
    JOIN pg_attribute AS b ON b.attrelid = other_table AND b.attnum = c.other
$$;

CREATE FUNCTION pg_temp.nulls_among(p plan, own smallint[]) RETURNS text LANGUAGE sql AS $$
    SELECT format('num_nulls(%s)', string_agg(format('w.%I', a.attname), ', '))
    FROM unnest(own) AS c (attnum)
    JOIN pg_attribute AS a ON a.attrelid = p.relation AND a.attnum = c.attnum
$$;

-- A column that is generated is not among the saved: such a constraint cannot be looked at this way.
CREATE TEMP VIEW looked_at AS
SELECT p.place, c.*
FROM plan AS p
JOIN pg_constraint AS c ON c.conrelid = p.relation
WHERE NOT EXISTS (
    SELECT FROM pg_attribute AS a WHERE a.attrelid = p.relation AND a.attnum = ANY (c.conkey) AND a.attname <> ALL (p.columns)
);

CREATE FUNCTION pg_temp.broken_keys(p plan, c looked_at) RETURNS text LANGUAGE sql AS $$
    SELECT format(
        '%1$s = 0 AND NOT EXISTS (SELECT FROM %2$s AS r WHERE %3$s)%4$s',
        pg_temp.nulls_among(p, c.conkey), pg_temp.from_table(c.confrelid),
        pg_temp.conditions(c.conkey, p.relation, 'w', c.confkey, c.confrelid, 'r', c.conpfeqop),
        CASE WHEN c.confmatchtype = 'f' THEN format(' OR %s BETWEEN 1 AND %s', pg_temp.nulls_among(p, c.conkey), cardinality(c.conkey) - 1) ELSE '' END
    )
$$;

-- A saved row stands in the table by now: another one beside it breaks the constraint.
CREATE FUNCTION pg_temp.broken_deferrable(p plan, c looked_at) RETURNS text LANGUAGE sql AS $$
    SELECT format(
        '(SELECT count(*) FROM %s AS r WHERE %s%s) > 1', p.from_table,
        pg_temp.conditions(c.conkey, p.relation, 'w', c.conkey, p.relation, 'r', coalesce(c.conexclop, equal.operators)),
        coalesce(' AND ' || pg_get_expr(i.indpred, i.indrelid), '')
    )
    FROM pg_index AS i
    CROSS JOIN LATERAL (
        SELECT array_agg(o.amopopr ORDER BY key.place) AS operators
        FROM unnest(i.indclass::oid[]) WITH ORDINALITY AS key (opclass, place)
        JOIN pg_opclass AS class ON class.oid = key.opclass
        JOIN pg_amop AS o
            ON o.amopfamily = class.opcfamily AND o.amopstrategy = 3
            AND o.amoplefttype = class.opcintype AND o.amoprighttype = class.opcintype
        WHERE key.place <= i.indnkeyatts
    ) AS equal
    WHERE i.indexrelid = c.conindid
$$;

CREATE FUNCTION pg_temp.broken() RETURNS TABLE (place integer, line tid, reason text) LANGUAGE plpgsql AS $$
DECLARE
    p plan;
    c looked_at;
BEGIN
    FOR p IN SELECT * FROM plan LOOP
        FOR c IN
            SELECT * FROM looked_at AS l
            WHERE l.place = p.place AND l.conindid IS DISTINCT FROM p.key_index
                AND (l.contype = 'f' OR l.contype IN ('p', 'u', 'x') AND l.condeferrable AND 0 <> ALL (l.conkey))
        LOOP
            RETURN QUERY EXECUTE format(
                'SELECT v.place, v.line, %L FROM verdict AS v JOIN %I AS w ON w.ctid = v.line '
                'WHERE v.place = %s AND v.verdict IN (''insert'', ''update'') AND (%s)',
                format('violates the constraint %s', c.conname), p.rows_in, p.place,
                CASE c.contype WHEN 'f' THEN pg_temp.broken_keys(p, c) ELSE pg_temp.broken_deferrable(p, c) END
            );
        END LOOP;
    END LOOP;
END $$;
