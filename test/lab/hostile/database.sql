-- A database whose owner wants to be more than that. Everything that the tool reads, restores or writes is bait: really() does
-- what only a superuser may, and leaves a trace of the place where it could in a folder of the server's host. try() says that it
-- never changes, which lets it into an index and has the planner evaluate it; what it calls may do all the same.
CREATE ROLE tracker LOGIN PASSWORD 'lab password of tracker';
CREATE ROLE analyst LOGIN PASSWORD 'lab password of analyst';
-- Names that would end a literal, an identifier, a list in JSON or a line.
CREATE ROLE "evil]""';ALTER ROLE analyst SUPERUSER;--" LOGIN;
CREATE ROLE "two
lines" LOGIN;
CREATE DATABASE tracker OWNER tracker;
\connect tracker
CREATE EXTENSION timescaledb;
GRANT ALL ON SCHEMA public TO tracker;
GRANT CREATE ON DATABASE tracker TO tracker;

SET SESSION AUTHORIZATION tracker;
CREATE FUNCTION public.really(place text) RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    BEGIN EXECUTE 'RESET SESSION AUTHORIZATION'; EXCEPTION WHEN OTHERS THEN NULL; END;
    BEGIN EXECUTE 'RESET ROLE'; EXCEPTION WHEN OTHERS THEN NULL; END;
    BEGIN
        EXECUTE pg_catalog.format('COPY (SELECT 1) TO PROGRAM %L', pg_catalog.format('touch "/var/tmp/trace/%s"', place));
    EXCEPTION WHEN OTHERS THEN NULL;
    END;
    BEGIN EXECUTE 'ALTER ROLE analyst SUPERUSER'; EXCEPTION WHEN OTHERS THEN NULL; END;
    RETURN TRUE;
END $$;
CREATE FUNCTION public.try(place text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN public.really(place); END';

-- A cast that hides what a row holds, a column that is called like the row, and functions that shadow the server's own.
CREATE TABLE public.pt (x int PRIMARY KEY, v text, r text, "cutover row" text);
INSERT INTO public.pt SELECT i, 'right', 'r', 'always the same' FROM generate_series(1, 100) AS i;
CREATE FUNCTION public.as_text(public.pt) RETURNS text LANGUAGE plpgsql AS $$ BEGIN PERFORM public.try('cast'); RETURN 'same'; END $$;
CREATE CAST (public.pt AS text) WITH FUNCTION public.as_text(public.pt);
CREATE FUNCTION public.hashtextextended(text, bigint) RETURNS bigint LANGUAGE sql AS $$ SELECT 1::bigint WHERE public.try('hashtextextended') $$;
CREATE FUNCTION public.count(text) RETURNS bigint LANGUAGE sql AS $$ SELECT 1::bigint WHERE public.try('count') $$;
CREATE FUNCTION public.same(text, text) RETURNS boolean LANGUAGE sql AS $$ SELECT public.try('operator') $$;
CREATE OPERATOR public.= (FUNCTION = public.same, LEFTARG = text, RIGHTARG = text);
CREATE OPERATOR public.|| (FUNCTION = public.same, LEFTARG = text, RIGHTARG = text);

-- Queries that a refresh, an inspection or a statistic would run.
CREATE MATERIALIZED VIEW public.mv AS SELECT public.try('materialized view') AS tried, count(*) AS rows FROM public.pt;
CREATE VIEW public.v AS SELECT public.try('view') AS tried;
CREATE INDEX pt_tried ON public.pt ((public.try('index')));
CREATE INDEX pt_tried_where ON public.pt (x) WHERE public.try('predicate');
CREATE STATISTICS public.pt_statistics ON (public.try('statistics')), x FROM public.pt;
CREATE POLICY nobody ON public.pt USING (public.try('policy'));

-- What a row passes on its way in.
CREATE FUNCTION public.escape() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM public.try('trigger of ' || TG_TABLE_NAME); RETURN NEW; END $$;
CREATE TRIGGER escape BEFORE INSERT OR UPDATE ON public.pt FOR EACH ROW EXECUTE FUNCTION public.escape();
CREATE CONSTRAINT TRIGGER escape_late AFTER INSERT ON public.pt DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.escape();
ALTER TABLE public.pt ENABLE ALWAYS TRIGGER escape;
ALTER TABLE public.pt ENABLE ALWAYS TRIGGER escape_late;

-- What users' code leaves behind in the session that called it: a path in which its own functions come first, a view in the
-- place of a catalog, another way for a function to run, and triggers that wait for the commit. plain is a table like any
-- other, through whose trigger a smoke test comes here.
CREATE SCHEMA evil;
CREATE FUNCTION evil.cardinality(anyarray) RETURNS int LANGUAGE plpgsql AS $$ BEGIN PERFORM public.really('path'); RETURN 1; END $$;
CREATE FUNCTION evil.format(text, text) RETURNS text LANGUAGE plpgsql AS $$ BEGIN PERFORM public.really('path'); RETURN 'SELECT 1'; END $$;
CREATE TABLE public.plain (x int PRIMARY KEY, v text);
CREATE TABLE public.late (x int);
CREATE TABLE public.later (x int);
CREATE FUNCTION public.leave_behind() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM public.really('trigger of ' || TG_TABLE_NAME);
    PERFORM set_config('search_path', 'evil, pg_catalog', FALSE);
    BEGIN EXECUTE 'CREATE TEMP VIEW pg_class AS SELECT * FROM pg_catalog.pg_class WHERE public.really(''temporary view'')'; EXCEPTION WHEN OTHERS THEN NULL; END;
    INSERT INTO public.late VALUES (1);
    RETURN NEW;
END $$;
CREATE FUNCTION public.put_off() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SET CONSTRAINTS public.at_commit DEFERRED;
    INSERT INTO public.later VALUES (1);
    RETURN NULL;
END $$;
CREATE FUNCTION public.at_commit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM public.really('commit'); RETURN NULL; END $$;
CREATE CONSTRAINT TRIGGER put_off AFTER INSERT ON public.late DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.put_off();
CREATE CONSTRAINT TRIGGER at_commit AFTER INSERT ON public.later DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.at_commit();

-- A type whose cast runs where values are compared, and a view whose place a table takes after the switch.
CREATE TYPE public.boxed AS (t text);
CREATE FUNCTION public.unboxed(public.boxed) RETURNS text LANGUAGE plpgsql AS $$ BEGIN PERFORM public.really('implicit cast'); RETURN ($1).t; END $$;
CREATE CAST (public.boxed AS text) WITH FUNCTION public.unboxed(public.boxed) AS IMPLICIT;
CREATE TABLE public.referred (t text PRIMARY KEY);
CREATE TABLE public.referring (x int PRIMARY KEY, k public.boxed REFERENCES public.referred);
CREATE VIEW public.replaced AS SELECT 1 AS x, 'v'::text AS v WHERE public.really('view of the name');

-- Settings: of a role that may only read, and of the database.
RESET SESSION AUTHORIZATION;
GRANT SELECT ON public.pt TO analyst, "evil]""';ALTER ROLE analyst SUPERUSER;--", "two
lines";
SET SESSION AUTHORIZATION analyst;
SELECT set_config('search_path', 'public;ALTER/**/ROLE/**/analyst/**/SUPERUSER;--', FALSE);
ALTER ROLE analyst SET search_path FROM CURRENT;
ALTER ROLE analyst SET application_name = 'x''; ALTER ROLE analyst SUPERUSER; --';
SET SESSION AUTHORIZATION tracker;
ALTER DATABASE tracker SET search_path = public;
COMMENT ON TABLE public.pt IS 'x''; ALTER ROLE analyst SUPERUSER; --
\! touch /var/tmp/trace/comment';
CREATE SCHEMA "x
\! touch /var/tmp/trace/schema
y";
RESET SESSION AUTHORIZATION;
COMMENT ON ROLE analyst IS 'x''; ALTER ROLE analyst SUPERUSER; --';

-- What alter_job() calls, as whoever alters the job.
SELECT current_setting('timescaledb.license', TRUE) IS NOT DISTINCT FROM 'timescale' AS community \gset
\if :community
SET SESSION AUTHORIZATION tracker;
CREATE FUNCTION public.checked(config jsonb) RETURNS void LANGUAGE plpgsql AS $$ BEGIN PERFORM public.really('check_config'); END $$;
CREATE PROCEDURE public.charge(job_id int, config jsonb) LANGUAGE sql AS 'SELECT 1';
SELECT public.add_job('public.charge', '1 month', config => '{}', check_config => 'public.checked', initial_start => now() + interval '20 days',
  timezone => 'Asia/Kathmandu') \g /dev/null
RESET SESSION AUTHORIZATION;
\endif
