-- Functions and procedures of every form, and languages. Variable: database.
\connect :"database"
SET standard_conforming_strings = on;
SET client_min_messages = warning;
\set owner 'Owner "O''Neil" – Größe'
\set weird 'Weird "Schema" – %s $1 \\'
SET search_path = :"weird", public, "ext $chema";

-- A language of our own, on the handler of plpgsql.
CREATE FUNCTION "my handler"() RETURNS language_handler LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_call_handler';
CREATE FUNCTION "my inline"(internal) RETURNS void LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_inline_handler';
CREATE FUNCTION "my validator"(oid) RETURNS void LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_validator';
CREATE TRUSTED LANGUAGE "pl/Other" HANDLER "my handler" INLINE "my inline" VALIDATOR "my validator";
CREATE LANGUAGE untrusted_other HANDLER "my handler";
ALTER LANGUAGE "pl/Other" OWNER TO "job owner";

CREATE FUNCTION "row number"() RETURNS bigint WINDOW LANGUAGE internal AS 'window_row_number';

SET ROLE :"owner";
CREATE TABLE referred (id integer PRIMARY KEY, "Na me" text);

CREATE FUNCTION "all the clauses"(a integer, INOUT b text DEFAULT 'it''s', OUT c numeric,
  VARIADIC d integer[] DEFAULT '{1,2}')
  LANGUAGE plpgsql STABLE STRICT SECURITY DEFINER PARALLEL RESTRICTED COST 123.5
  SET search_path = 'Weird "Schema" – %s $1 \', pg_temp
  SET DateStyle = 'ISO, YMD'
  SET "my.own" = 'a, "b" ''c'' \'
  SET work_mem FROM CURRENT
  AS $function$
BEGIN
  -- Quotes of all kinds: ' '' " $$ $body$ $1 %s %% \ \\ — äöü 日本語
  b := E'\t$$it''s$$\\'; c := a;
END
$function$;
CREATE FUNCTION "body with $$"() RETURNS text LANGUAGE sql AS 'SELECT ''$$ $_$ $function$'' || $x$ $$ $x$';
CREATE FUNCTION returns_table(n integer) RETURNS TABLE ("Na me" text, "select" integer)
  LANGUAGE sql ROWS 7 COST 1 IMMUTABLE AS $$ SELECT 'x' || i, i FROM generate_series(1, n) AS i $$;
CREATE FUNCTION returns_set() RETURNS SETOF referred LANGUAGE sql STABLE AS 'SELECT * FROM referred';
CREATE FUNCTION "select"(integer) RETURNS integer LANGUAGE sql RETURN $1;
CREATE FUNCTION "select"(text) RETURNS text LANGUAGE sql RETURN $1;
CREATE FUNCTION polymorphic(anyelement, anyarray, anycompatible) RETURNS anyelement LANGUAGE sql AS 'SELECT $1';
CREATE FUNCTION with_default_expressions(a timestamptz DEFAULT now() - interval '1 day', b referred DEFAULT NULL,
  c "enum's" DEFAULT 'it''s', d integer[] DEFAULT ARRAY[1, NULL]) RETURNS text LANGUAGE sql RETURN a::text || c::text;
-- Bodies that are kept as parse trees, and so depend on what they use.
CREATE FUNCTION standard_body(wanted integer) RETURNS SETOF text LANGUAGE sql STABLE
BEGIN ATOMIC
  SELECT "Na me" FROM referred WHERE id = wanted;
  SELECT upper("Na me") || ';' FROM referred ORDER BY 1;
END;
CREATE FUNCTION uses_standard_body() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(*)
  FROM standard_body(1); END;
CREATE PROCEDURE "standard procedure"(INOUT a integer, b text)
  BEGIN ATOMIC INSERT INTO referred VALUES (a, b) RETURNING id; END;
CREATE PROCEDURE commits() LANGUAGE plpgsql AS $$ BEGIN COMMIT; END $$;
CREATE FUNCTION in_other_language() RETURNS integer LANGUAGE "pl/Other" AS 'BEGIN RETURN 1; END';
DO LANGUAGE "pl/Other" $$ BEGIN END $$;
RESET ROLE;

CREATE FUNCTION with_support(integer, integer) RETURNS SETOF integer
  LANGUAGE internal IMMUTABLE STRICT ROWS 500 SUPPORT generate_series_int4_support AS 'generate_series_int4';
CREATE FUNCTION carriage_return() RETURNS text LANGUAGE sql AS E'SELECT ''a\r\nb''\r\n  -- end\r\n';
-- Nobody may run it, not even its owner; and one of a role that owns nothing else.
CREATE FUNCTION "nobody's"() RETURNS integer LANGUAGE sql RETURN 1;
REVOKE ALL ON FUNCTION "nobody's"() FROM PUBLIC, postgres;
CREATE FUNCTION "select".of_the_group() RETURNS integer LANGUAGE sql SECURITY DEFINER RETURN 1;
ALTER FUNCTION "select".of_the_group() OWNER TO "select";
