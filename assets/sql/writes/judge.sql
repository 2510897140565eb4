-- Says of each saved row what is to be done with it on the source (verdict): 'there', 'insert', 'update' or 'conflict'.
CREATE FUNCTION pg_temp.place_in_time(p plan) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    answer text;
BEGIN
    IF p.time_column IS NULL THEN RETURN 'TRUE'; END IF;
    -- Written out, so that no chunk beyond them is read.
    EXECUTE format('SELECT format(%L, min(%2$I), max(%2$I)) FROM %3$I', format('t.%I BETWEEN %%L AND %%L', p.time_column), p.time_column, p.rows_in)
    INTO answer;
    RETURN answer;
END $$;

-- A name that no column of the table has: a saved row may have any.
CREATE FUNCTION pg_temp.free_name(p plan, wanted text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    WHILE EXISTS (SELECT FROM pg_attribute AS a WHERE a.attrelid = p.relation AND a.attname = wanted) LOOP
        wanted := wanted || '_';
    END LOOP;
    RETURN quote_ident(wanted);
END $$;

-- With a key: the source has been fenced and unchanged, so another row of the same key is the older version of this one.
-- A row that was written there since the fence is not the application's: it stays, and so does the saved one.
CREATE FUNCTION pg_temp.judge_by_key(p plan) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    body text := pg_temp.free_name(p, 'body');
    foreign_row text := pg_temp.free_name(p, 'is_foreign');
    is_foreign text := (SELECT format('age(t.xmin) BETWEEN age(%L::xid) + 1 AND age(%L::xid) - 1', carried, since) FROM marker);
BEGIN
    -- A compressed row has no xmin.
    IF p.is_compressed THEN is_foreign := 'FALSE'; END IF;
    EXECUTE format(
        'INSERT INTO verdict SELECT %1$s, w.ctid, CASE WHEN t.%10$s IS NULL THEN ''insert'' WHEN t.%10$s = ROW(%2$s)::text THEN ''there'' '
        'WHEN t.%11$s THEN ''conflict'' ELSE ''update'' END, CASE WHEN t.%11$s THEN ''the source has a row of this key that was written since the fence'' END '
        'FROM %3$I AS w LEFT JOIN (SELECT t.*, ROW(%4$s)::text AS %10$s, %5$s AS %11$s FROM %6$s AS t WHERE %7$s) AS t ON %8$s WHERE %9$s',
        p.place, p.of_w, p.rows_in, p.of_t, is_foreign, p.from_table, pg_temp.place_in_time(p), p.is_same, p.has_key, body, foreign_row
    );
END $$;

-- Without one rows are counted. Of the new rows of a leaf those are there that an earlier apply has brought; of a whole
-- leaf those that the source has, as often as it has them.
CREATE FUNCTION pg_temp.judge_by_count(p plan) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    here text := format('SELECT %s FROM %s AS t WHERE %s', p.of_t, p.from_table, pg_temp.place_in_time(p));
BEGIN
    IF p.kind = 'new' THEN
        SELECT string_agg(format('SELECT %s FROM ONLY %s AS t WHERE age(t.xmin) BETWEEN 0 AND age(%L::xid)', p.of_t, l.relation::regclass, marker.carried), ' UNION ALL ')
        INTO STRICT here
        FROM leaf AS l, marker
        WHERE l.root = p.relation;
    END IF;
    EXECUTE format(
        'INSERT INTO verdict SELECT %s, mine.line, CASE WHEN mine.nth <= here.times THEN ''there'' ELSE ''insert'' END FROM '
        '(SELECT w.ctid AS line, ROW(%s)::text AS body, row_number() OVER (PARTITION BY ROW(%s)::text) AS nth FROM %I AS w WHERE NOT %s) AS mine '
        'LEFT JOIN (SELECT ROW(%s)::text AS body, count(*) AS times FROM (%s) AS t GROUP BY 1) AS here USING (body)',
        p.place, p.of_w, p.of_w, p.rows_in, p.has_key, p.of_t, here
    );
END $$;

DO $$
DECLARE
    s saved;
    p plan;
BEGIN
    FOR s IN SELECT * FROM saved ORDER BY place LOOP
        EXECUTE format('ANALYZE %I', s.rows_in);
        IF s.problem IS NOT NULL THEN
            EXECUTE format('INSERT INTO verdict SELECT %s, ctid, ''conflict'', %L FROM %I', s.place, s.problem, s.rows_in);
        END IF;
    END LOOP;
    FOR p IN SELECT * FROM plan ORDER BY place LOOP
        IF p.is_same IS NOT NULL THEN PERFORM pg_temp.judge_by_key(p); END IF;
        PERFORM pg_temp.judge_by_count(p);
    END LOOP;
END $$;
