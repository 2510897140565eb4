-- Writes on the source what the verdicts say. The application's own triggers stay silent: what they made of a row on the
-- target was saved there as rows. So do the server's own, and TimescaleDB's (no table of it lets single ones be disabled):
-- what these would have done is done here.
SET LOCAL session_replication_role = replica;

-- Whoever opens the source waits for this transaction, or was before it.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM fenced) THEN RAISE EXCEPTION 'the source is not fenced any more'; END IF;
END $$;

-- Nothing of this runs users' code: load.sql has passed over the tables where it would.
CREATE FUNCTION pg_temp.written_by(statement text, lines tid[]) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    written bigint;
BEGIN
    EXECUTE statement USING lines;
    GET DIAGNOSTICS written = ROW_COUNT;
    RETURN written;
END $$;

CREATE FUNCTION pg_temp.insert_rows(p plan, lines tid[]) RETURNS bigint LANGUAGE sql AS $$
    SELECT pg_temp.written_by(format(
        'INSERT INTO %s (%s) OVERRIDING SYSTEM VALUE SELECT %s FROM %I AS w WHERE w.ctid = ANY ($1)',
        p.relation::regclass, p.plain, p.of_w, p.rows_in
    ), lines)
$$;

CREATE FUNCTION pg_temp.update_rows(p plan, lines tid[], is_same text) RETURNS bigint LANGUAGE sql AS $$
    SELECT pg_temp.written_by(
        format('UPDATE %s AS t SET %s FROM %I AS w WHERE w.ctid = ANY ($1) AND %s', p.from_table, p.changes, p.rows_in, is_same), lines
    )
$$;

-- TimescaleDB decompresses what an UPDATE may touch before it joins: only a key that is written out keeps that to a batch.
CREATE FUNCTION pg_temp.update_compressed_rows(p plan, lines tid[]) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    written bigint := 0;
    one tid;
    is_same text;
BEGIN
    FOREACH one IN ARRAY lines LOOP
        EXECUTE format('SELECT %s FROM %I AS w WHERE w.ctid = $1', p.same_as, p.rows_in) INTO is_same USING one;
        written := written + pg_temp.update_rows(p, ARRAY[one], is_same);
    END LOOP;
    RETURN written;
END $$;

CREATE FUNCTION pg_temp.write_rows(p plan, what text, lines tid[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    written bigint := CASE
        WHEN what = 'insert' THEN pg_temp.insert_rows(p, lines)
        WHEN p.is_compressed THEN pg_temp.update_compressed_rows(p, lines)
        ELSE pg_temp.update_rows(p, lines, p.is_same)
    END;
BEGIN
    IF written <> cardinality(lines) THEN
        RAISE EXCEPTION 'the source wrote % of % rows', written, cardinality(lines) USING ERRCODE = 'triggered_action_exception';
    END IF;
END $$;

-- All at once, or, where one of them is refused, by halves down to that one. Gives those that are refused.
CREATE FUNCTION pg_temp.write_what_goes(p plan, what text, lines tid[]) RETURNS tid[] LANGUAGE plpgsql AS $$
DECLARE
    half integer := cardinality(lines) / 2;
BEGIN
    BEGIN
        PERFORM pg_temp.write_rows(p, what, lines);
        RETURN '{}';
    EXCEPTION WHEN OTHERS THEN
        -- A lock, a full disk or a shutdown says nothing against a row.
        IF left(SQLSTATE, 2) IN ('08', '25', '40', '53', '54', '55', '57', '58', 'XX') THEN RAISE; END IF;
        IF half = 0 THEN
            UPDATE verdict SET reason = SQLERRM WHERE verdict.place = p.place AND verdict.line = lines[1];
            RETURN lines;
        END IF;
    END;
    RETURN pg_temp.write_what_goes(p, what, lines[:half]) || pg_temp.write_what_goes(p, what, lines[half + 1:]);
END $$;

-- A row may need a value that another row of its table gives free: what was refused is tried until no more goes.
CREATE FUNCTION pg_temp.write_verdicts(what text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    p plan;
    lines tid[];
    refused tid[];
BEGIN
    FOR p IN SELECT * FROM plan ORDER BY place LOOP
        SELECT array_agg(line ORDER BY line) INTO refused FROM verdict WHERE place = p.place AND verdict = what;
        WHILE refused IS DISTINCT FROM lines AND cardinality(refused) > 0 LOOP
            lines := refused;
            refused := pg_temp.write_what_goes(p, what, lines);
        END LOOP;
        UPDATE verdict SET verdict = 'conflict' WHERE place = p.place AND verdict.line = ANY (refused);
        lines := NULL;
    END LOOP;
END $$;

-- All tables, then their constraints; where a row breaks one, all is undone and written again without it.
DO $$
DECLARE
    broken jsonb;
BEGIN
    LOOP
        BEGIN
            PERFORM pg_temp.write_verdicts('update');
            PERFORM pg_temp.write_verdicts('insert');
            SELECT jsonb_agg(jsonb_build_object('place', b.place, 'line', b.line, 'reason', b.reason)) INTO broken FROM pg_temp.broken() AS b;
            EXIT WHEN broken IS NULL;
            RAISE EXCEPTION USING ERRCODE = 'TC001';
        EXCEPTION WHEN SQLSTATE 'TC001' THEN
            UPDATE verdict SET verdict = 'conflict', reason = b.reason
            FROM jsonb_to_recordset(broken) AS b (place integer, line text, reason text)
            WHERE verdict.place = b.place AND verdict.line = b.line::tid;
        END;
    END LOOP;
END $$;

-- TimescaleDB's trigger would have told the continuous aggregates which time to compute anew.
DO $$
DECLARE
    p plan;
BEGIN
    FOR p IN SELECT * FROM plan WHERE time_column IS NOT NULL LOOP
        EXECUTE format(
            'INSERT INTO _timescaledb_catalog.continuous_aggs_hypertable_invalidation_log (hypertable_id, lowest_modified_value, greatest_modified_value) '
            'SELECT t.hypertable_id, min(w.at), max(w.at) FROM _timescaledb_catalog.continuous_aggs_invalidation_threshold AS t '
            'JOIN (SELECT _timescaledb_functions.time_to_internal(w.%I) AS at FROM %I AS w JOIN verdict AS v ON v.line = w.ctid '
            'WHERE v.place = %s AND v.verdict IN (''insert'', ''update'')) AS w ON w.at < t.watermark '
            'WHERE t.hypertable_id = %s GROUP BY t.hypertable_id, w.at / %s',
            p.time_column, p.rows_in, p.place, p.hypertable_id, p.slice
        );
    END LOOP;
END $$;

-- A sequence moves on in its own direction, and only so far as the target's.
SELECT count(setval(q.seqrelid, moved.value))
FROM document
CROSS JOIN jsonb_to_recordset(document.body -> 'sequences') AS moved (name text, value bigint)
JOIN pg_sequence AS q ON q.seqrelid = to_regclass(moved.name)
CROSS JOIN LATERAL (SELECT pg_sequence_last_value(q.seqrelid) AS value) AS here
WHERE
    moved.value BETWEEN q.seqmin AND q.seqmax
    AND (here.value IS NULL OR sign(moved.value::numeric - here.value) = sign(q.seqincrement::numeric))
\gset ignored_

-- In the same transaction, so that a second apply knows the first one's rows.
SELECT format(
    'ALTER DATABASE %I SET "timescale_cutover.fence" TO %L', current_database(),
    jsonb_set(body, '{writes}', coalesce(body -> 'writes', jsonb_build_object('from', since, 'carried', carried_whole)))
)
FROM marker
\gexec
COMMIT;
