-- Views, and expressions that tables store, whose text the server does not take back: a cast, an operator or a column that came
-- later makes it ambiguous. A restore makes each from its text. PREPARE analyzes and does not plan, which would run users'
-- code; but a literal of a range is read by the type's canonical function, and one of an array, a row or a range of a domain by the
-- domain's checks: a database that has such types is left alone.
SELECT set_config('cutover.broken', '[]', FALSE)
\g /dev/null

DO $$
DECLARE
    broken jsonb := '[]';
    definition record;
    is_whole boolean := TRUE;
BEGIN
    IF
        EXISTS (SELECT FROM pg_range WHERE rngtypid >= 16384 AND rngcanonical >= 16384)
        OR EXISTS (SELECT FROM pg_constraint WHERE contypid >= 16384 AND contype = 'c')
    THEN
        PERFORM set_config('cutover.broken', 'null', FALSE);
        RETURN;
    END IF;
    FOR definition IN
        WITH relation AS (
            SELECT oid, relkind, oid::regclass::text AS name
            FROM pg_class
            WHERE oid >= 16384 AND relpersistence <> 't' AND relnamespace::regnamespace::text !~ '^(_timescaledb_|pg_toast)'
        )

        SELECT CASE relkind WHEN 'v' THEN 'view ' ELSE 'materialized view ' END || name AS object, pg_get_viewdef(oid) AS query
        FROM relation
        WHERE relkind IN ('v', 'm')
        UNION ALL
        SELECT
            format('%s of %s', expression.object, relation.name), format('SELECT ROW(%s) FROM ONLY %s', expression.text, relation.name)
        FROM relation
        CROSS JOIN LATERAL (
            SELECT format('column %I', a.attname) AS object, pg_get_expr(d.adbin, d.adrelid) AS text
            FROM pg_attrdef AS d
            JOIN pg_attribute AS a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
            WHERE d.adrelid = relation.oid
            UNION ALL
            SELECT format('constraint %I', conname), pg_get_expr(conbin, conrelid)
            FROM pg_constraint
            WHERE conrelid = relation.oid AND contype = 'c'
            UNION ALL
            SELECT
                format('index %s', indexrelid::regclass), concat_ws(', ', pg_get_expr(indexprs, indrelid), pg_get_expr(indpred, indrelid))
            FROM pg_index
            WHERE indrelid = relation.oid AND (indexprs IS NOT NULL OR indpred IS NOT NULL)
            UNION ALL
            SELECT format('policy %I', polname), concat_ws(', ', pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid))
            FROM pg_policy
            WHERE polrelid = relation.oid AND (polqual IS NOT NULL OR polwithcheck IS NOT NULL)
        ) AS expression
        WHERE relation.relkind IN ('r', 'p', 'f')
    LOOP
        -- Before the check's own time is over, which would tell nothing.
        IF clock_timestamp() > statement_timestamp() + interval '5 s' THEN
            is_whole := FALSE;
            EXIT;
        END IF;
        BEGIN
            EXECUTE 'PREPARE timescale_cutover_definition AS ' || definition.query;
            DEALLOCATE timescale_cutover_definition;
        EXCEPTION
            WHEN syntax_error_or_access_rule_violation OR feature_not_supported THEN
                broken := broken || jsonb_build_array(format('%s (%s)', definition.object, SQLERRM));
            -- The message would show the value.
            WHEN data_exception OR integrity_constraint_violation THEN
                broken := broken || jsonb_build_array(format('%s (a value that its type does not take)', definition.object));
            -- A lock that somebody holds, say.
            WHEN OTHERS THEN
                is_whole := FALSE;
        END;
    END LOOP;
    PERFORM set_config('cutover.broken', CASE WHEN broken = '[]' AND NOT is_whole THEN '"some"' ELSE broken::text END, FALSE);
END
$$;

WITH broken AS (
    SELECT nullif(current_setting('cutover.broken'), 'null')::jsonb AS names
)

SELECT
    CASE WHEN names = '[]' THEN 'pass' WHEN names IS NULL OR names = '"some"' THEN 'warn' ELSE 'fail' END,
    CASE
        WHEN names = '[]' THEN 'The server reads back the text of every view and stored expression.'
        WHEN names IS NULL THEN 'Views and stored expressions were not read back: the database has domains with checks, or ranges with canonical functions, which that would call.'
        WHEN names = '"some"' THEN 'Some views and stored expressions were not read back: somebody has locked a table, or there are too many.'
        ELSE format(
            'The server does not read back the text of: %s%s. A restore ends there.',
            (SELECT string_agg(name, '; ') FROM jsonb_array_elements_text(jsonb_path_query_array(names, '$[0 to 4]')) AS name),
            CASE WHEN jsonb_array_length(names) > 5 THEN format('; and %s more', jsonb_array_length(names) - 5) ELSE '' END
        )
    END
FROM broken;
