-- Prepares for each saved table the words of its statements (plan): w is the saved row, t the source's.
CREATE TEMP TABLE verdict (place integer, line tid, verdict text, reason text);

-- A table by itself; a partitioned table or a hypertable with all that is below it.
CREATE FUNCTION pg_temp.from_table(table_oid oid) RETURNS text LANGUAGE sql AS $$
    SELECT CASE WHEN c.relkind = 'p' OR EXISTS (SELECT FROM hypertable AS h WHERE h.relation = c.oid) THEN '' ELSE 'ONLY ' END || c.oid::regclass::text
    FROM pg_class AS c
    WHERE c.oid = table_oid
$$;

CREATE FUNCTION pg_temp.compared(operator oid) RETURNS text LANGUAGE sql AS $$
    SELECT format('OPERATOR(%I.%s)', n.nspname, o.oprname)
    FROM pg_operator AS o
    JOIN pg_namespace AS n ON n.oid = o.oprnamespace
    WHERE o.oid = operator
$$;

-- What tells a table's rows apart: the primary key, or another unique index of columns; where one of these is null, it does
-- not (has_key is of the saved row).
CREATE TEMP VIEW row_key AS
SELECT DISTINCT ON (s.place)
    s.place, i.indexrelid AS index, k.columns, k.is_same, k.has_key, k.same_as
FROM saved AS s
JOIN pg_index AS i ON i.indrelid = s.relation
CROSS JOIN LATERAL (
    SELECT
        array_agg(a.attname::text) AS columns,
        bool_and(a.attname = ANY (s.columns)) AS is_saved,
        bool_and(a.attnotnull) AS is_never_null,
        format('num_nulls(%s) = 0', string_agg(format('w.%I', a.attname), ', ')) AS has_key,
        -- The condition with the saved row's values written out.
        format(
            'format(%L, %s)', string_agg(format('t.%I %s %%L', a.attname, pg_temp.compared(equal.amopopr)), ' AND ' ORDER BY key.place),
            string_agg(format('w.%I', a.attname), ', ' ORDER BY key.place)
        ) AS same_as,
        string_agg(format('t.%I %s w.%I', a.attname, pg_temp.compared(equal.amopopr), a.attname), ' AND ' ORDER BY key.place) AS is_same
    FROM unnest(i.indkey::smallint[], i.indclass::oid[]) WITH ORDINALITY AS key (attnum, opclass, place)
    JOIN pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = key.attnum
    JOIN pg_opclass AS c ON c.oid = key.opclass
    JOIN pg_amop AS equal
        ON equal.amopfamily = c.opcfamily AND equal.amopstrategy = 3
        AND equal.amoplefttype = c.opcintype AND equal.amoprighttype = c.opcintype
    WHERE key.place <= i.indnkeyatts
) AS k
WHERE i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL AND k.is_saved
ORDER BY s.place, i.indisprimary DESC, k.is_never_null DESC, i.indimmediate DESC, i.indnkeyatts;

CREATE TEMP TABLE plan AS
SELECT
    s.*, pg_temp.from_table(s.relation) AS from_table, row_key.index AS key_index, row_key.is_same,
    coalesce(row_key.has_key, 'FALSE') AS has_key, row_key.same_as,
    list.plain, list.of_w, list.of_t, list.changes, h.id AS hypertable_id, h.slice, h.time_column, coalesce(h.is_compressed, FALSE) AS is_compressed
FROM saved AS s
LEFT JOIN row_key USING (place)
LEFT JOIN hypertable AS h ON h.relation = s.relation
CROSS JOIN LATERAL (
    SELECT
        string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) AS plain,
        string_agg(format('w.%I', a.attname), ', ' ORDER BY a.attnum) AS of_w,
        string_agg(format('t.%I', a.attname), ', ' ORDER BY a.attnum) AS of_t,
        string_agg(format('%1$I = w.%1$I', a.attname), ', ' ORDER BY a.attnum)
            FILTER (WHERE a.attidentity <> 'a' AND a.attname <> ALL (coalesce(row_key.columns, '{}'))) AS changes
    FROM pg_attribute AS a
    WHERE a.attrelid = s.relation AND a.attname = ANY (s.columns)
) AS list
WHERE s.problem IS NULL;
