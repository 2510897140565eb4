-- Finds what was written since the baseline (document), leaf by leaf: the table finding.
-- A row is new when its xmin is at or above the baseline's horizon. xmin has 32 bits, and a row that was frozen keeps its
-- own: as no row is older than the restore, age() tells the two apart until 2^31 transactions have passed.
-- A subtransaction has an id of its own, which is above the horizon too.
-- A table whose owner's code a query would run (users-code.sql goes first) is asked nothing: where its counters or its file
-- have moved, COPY, which plans nothing, saves all of its rows.
CREATE TEMP TABLE was AS
SELECT w.*
FROM document, jsonb_to_recordset(document.body -> 'leaves') AS w (
    name text, rows bigint, storage oid, inserts bigint, updates bigint, deletes bigint,
    compressed text, batches bigint, "batchedRows" bigint, "batchInserts" bigint, "batchDeletes" bigint
);

-- The same of today.
CREATE TEMP VIEW now_is AS
SELECT
    leaf.*, leaf.relation::regclass::text AS name, pg_relation_filenode(leaf.relation) AS storage,
    s.n_tup_ins AS inserts, s.n_tup_upd AS updates, s.n_tup_del AS deletes,
    z.n_tup_ins AS batch_inserts, z.n_tup_del AS batch_deletes, 
    coalesce(leaf.relation = ANY (:'users_code'::oid[]) OR leaf.compressed = ANY (:'users_code'::oid[]), FALSE) AS has_users_code,
    EXISTS (
        SELECT FROM pg_index AS i
        WHERE i.indrelid = leaf.root AND i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL
    ) AS has_key
FROM leaf
JOIN pg_stat_all_tables AS s ON s.relid = leaf.relation
LEFT JOIN pg_stat_all_tables AS z ON z.relid = leaf.compressed;

-- How its rows are saved is the kind: 'new', exactly the new rows; 'whole', all rows of the leaf, of which the source has
-- most; 'unplanned', the same by a COPY of the leaf itself; 'none'. rows and deletes are what the application wrote; exact tells whether rows is.
CREATE TEMP TABLE finding (relation oid, root oid, kind text, rows bigint, rows_in_file bigint, deletes bigint, exact boolean);

CREATE FUNCTION pg_temp.is_new() RETURNS text LANGUAGE sql AS $$
    SELECT format('age(xmin) BETWEEN 0 AND age(%L::xid)', (body ->> 'horizon')::xid8::xid) FROM document
$$;

CREATE FUNCTION pg_temp.is_new(inserted_by xid) RETURNS boolean LANGUAGE sql AS $$
    SELECT age(inserted_by) BETWEEN 0 AND age((body ->> 'horizon')::xid8::xid) FROM document
$$;

CREATE FUNCTION pg_temp.count_rows(relation text, condition text, OUT matching bigint, OUT others bigint) LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('SELECT count(*) FILTER (WHERE %1$s), count(*) FILTER (WHERE NOT (%1$s)) FROM %2$s', condition, relation)
    INTO matching, others;
END $$;

-- Where the rows stand as they were written, they are told apart one by one.
CREATE FUNCTION pg_temp.look_at_rows(l now_is, b was, counted boolean) RETURNS finding LANGUAGE plpgsql AS $$
DECLARE
    f finding;
    seen record := pg_temp.count_rows('ONLY ' || l.name, pg_temp.is_new());
    written bigint := l.inserts - b.inserts + l.updates - b.updates;
    gone bigint := b.rows - seen.others;
BEGIN
    f := (l.relation, l.root, 'new', seen.matching, seen.matching, 0, TRUE);
    -- An ALTER TABLE that rewrites gives every row a new xmin; no more are the application's than it has written.
    IF counted AND seen.matching > written OR NOT counted AND seen.others = 0 AND l.storage <> b.storage AND b.rows > 0 THEN
        f := (
            l.relation, l.root, CASE WHEN counted AND written = 0 THEN 'none' ELSE 'whole' END,
            CASE WHEN counted THEN written ELSE greatest(0, seen.matching - b.rows) END,
            seen.matching + seen.others, 0, counted AND written = 0
        );
        gone := b.rows + f.rows - f.rows_in_file;
    END IF;
    -- Of the rows that were there then, those that are gone were deleted or updated; where no key tells which row it was,
    -- the source keeps the one from before an update too. TRUNCATE moves no counter.
    f.deletes := CASE
        WHEN NOT l.has_key THEN greatest(gone, 0)
        WHEN counted THEN greatest(gone - (l.updates - b.updates), least(gone, l.deletes - b.deletes), 0)
        ELSE greatest(gone - f.rows, 0)
    END;
    RETURN f;
END $$;

-- A chunk whose batches are not those of the baseline: to compress it moves its rows, and to change one row of a batch
-- TimescaleDB writes all of them anew. Its rows are counted as a query sees them, then and now. With insertions alone the
-- difference is exact; deletions and updates come on top as far as they were counted.
CREATE FUNCTION pg_temp.look_at_batches(l now_is, b was, counted boolean) RETURNS finding LANGUAGE plpgsql AS $$
DECLARE
    rows_then bigint := b.rows + coalesce(b."batchedRows", 0);
    rows_now bigint := (pg_temp.count_rows(l.name, 'TRUE')).matching;
    updates bigint := CASE WHEN counted THEN l.updates - b.updates ELSE 0 END;
    deletes bigint := CASE WHEN counted THEN l.deletes - b.deletes ELSE 0 END;
    batches_deleted boolean := b.compressed <> coalesce(l.compressed::regclass::text, '')
        OR l.batch_deletes > coalesce(b."batchDeletes", 0);
    batches_added boolean := b.compressed = l.compressed::regclass::text AND l.batch_inserts > b."batchInserts";
    f finding := (
        l.relation, l.root, 'whole', 0, rows_now, 0,
        counted AND updates = 0 AND deletes = 0 AND batches_deleted IS NOT TRUE
    );
BEGIN
    -- Rows that went from the chunk into batches beside others count as deleted from it.
    IF batches_deleted OR batches_added THEN deletes := 0; END IF;
    f.deletes := greatest(0, deletes, rows_then - rows_now) + CASE WHEN l.has_key THEN 0 ELSE updates END;
    IF counted AND l.inserts = b.inserts AND updates = 0 THEN
        f.kind := 'none';
    ELSE
        f.rows := greatest(0, least(rows_now, rows_now - rows_then + updates + deletes));
    END IF;
    RETURN f;
END $$;

DO $$
DECLARE
    l now_is;
    b was;
    never_reset boolean := (SELECT body ->> 'countersSince' = reset FROM document, counters_since);
    counted boolean;
    rebatched boolean;
BEGIN
    IF (SELECT pg_snapshot_xmax(pg_current_snapshot())::text::numeric - (body ->> 'horizon')::numeric > 2000000000 FROM document) THEN
        RAISE EXCEPTION 'too many transactions since the baseline to tell new rows by their xmin';
    END IF;
    FOR l IN SELECT * FROM now_is ORDER BY name LOOP
        SELECT * INTO b FROM was WHERE name = l.name;
        -- A table, or a chunk, that was made since.
        IF NOT found THEN b := (l.name, 0, NULL, 0, 0, 0, NULL, 0, 0, 0, 0)::was; END IF;
        counted := never_reset AND l.inserts >= b.inserts AND l.updates >= b.updates AND l.deletes >= b.deletes;
        rebatched := l.compressed::regclass::text IS DISTINCT FROM b.compressed;
        CONTINUE WHEN counted AND NOT rebatched AND l.storage IS NOT DISTINCT FROM b.storage
            AND (l.inserts, l.updates, l.deletes) = (b.inserts, b.updates, b.deletes)
            AND (l.batch_inserts, l.batch_deletes) IS NOT DISTINCT FROM (b."batchInserts", b."batchDeletes");
        IF l.has_users_code THEN
            INSERT INTO finding VALUES (
                l.relation, l.root, 'unplanned', greatest(0, l.inserts - b.inserts + l.updates - b.updates), NULL,
                greatest(0, l.deletes - b.deletes), FALSE
            );
            -- What was compressed since has left the chunk: its batches are saved as they are.
            IF rebatched OR (l.batch_inserts, l.batch_deletes) IS DISTINCT FROM (b."batchInserts", b."batchDeletes") THEN
                INSERT INTO finding SELECT l.compressed, l.compressed, 'unplanned', 0, NULL, 0, FALSE WHERE l.compressed IS NOT NULL;
            END IF;
            CONTINUE;
        END IF;
        IF l.compressed IS NOT NULL AND NOT rebatched THEN
            SELECT matching > 0 OR others < b.batches INTO rebatched
            FROM pg_temp.count_rows(format('ONLY %s', l.compressed::regclass), pg_temp.is_new());
        END IF;
        IF rebatched THEN
            INSERT INTO finding SELECT (pg_temp.look_at_batches(l, b, counted)).*;
        ELSE
            INSERT INTO finding SELECT (pg_temp.look_at_rows(l, b, counted)).*;
        END IF;
    END LOOP;
END $$;
