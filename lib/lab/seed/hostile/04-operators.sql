-- Operators, their classes and families, casts, aggregates, access methods. Variable: database.
\connect :"database"
SET standard_conforming_strings = on;
SET client_min_messages = warning;
\set owner 'Owner "O''Neil" – Größe'
\set weird 'Weird "Schema" – %s $1 \\'
SET search_path = :"weird", public, "ext $chema";

CREATE FUNCTION my_lt("my int", "my int") RETURNS boolean LANGUAGE internal IMMUTABLE STRICT LEAKPROOF AS 'int4lt';
CREATE FUNCTION my_le("my int", "my int") RETURNS boolean LANGUAGE internal IMMUTABLE STRICT LEAKPROOF AS 'int4le';
CREATE FUNCTION my_eq("my int", "my int") RETURNS boolean LANGUAGE internal IMMUTABLE STRICT LEAKPROOF AS 'int4eq';
CREATE FUNCTION my_ne("my int", "my int") RETURNS boolean LANGUAGE internal IMMUTABLE STRICT LEAKPROOF AS 'int4ne';
CREATE FUNCTION my_ge("my int", "my int") RETURNS boolean LANGUAGE internal IMMUTABLE STRICT LEAKPROOF AS 'int4ge';
CREATE FUNCTION my_gt("my int", "my int") RETURNS boolean LANGUAGE internal IMMUTABLE STRICT LEAKPROOF AS 'int4gt';
CREATE FUNCTION my_compare("my int", "my int") RETURNS integer LANGUAGE internal IMMUTABLE STRICT AS 'btint4cmp';
CREATE FUNCTION my_hash("my int") RETURNS integer LANGUAGE internal IMMUTABLE STRICT AS 'hashint4';

CREATE OPERATOR < (LEFTARG = "my int", RIGHTARG = "my int", FUNCTION = my_lt, COMMUTATOR = >, NEGATOR = >=,
  RESTRICT = scalarltsel, JOIN = scalarltjoinsel);
CREATE OPERATOR <= (LEFTARG = "my int", RIGHTARG = "my int", FUNCTION = my_le, COMMUTATOR = >=, NEGATOR = >,
  RESTRICT = scalarlesel, JOIN = scalarlejoinsel);
CREATE OPERATOR = (LEFTARG = "my int", RIGHTARG = "my int", FUNCTION = my_eq, COMMUTATOR = =, NEGATOR = <>,
  RESTRICT = eqsel, JOIN = eqjoinsel, HASHES, MERGES);
CREATE OPERATOR <> (LEFTARG = "my int", RIGHTARG = "my int", FUNCTION = my_ne, COMMUTATOR = <>, NEGATOR = =,
  RESTRICT = neqsel, JOIN = neqjoinsel);
CREATE OPERATOR >= (LEFTARG = "my int", RIGHTARG = "my int", FUNCTION = my_ge, COMMUTATOR = <=, NEGATOR = <,
  RESTRICT = scalargesel, JOIN = scalargejoinsel);
CREATE OPERATOR > (LEFTARG = "my int", RIGHTARG = "my int", FUNCTION = my_gt, COMMUTATOR = <, NEGATOR = <=,
  RESTRICT = scalargtsel, JOIN = scalargtjoinsel);
CREATE OPERATOR FAMILY "my family" USING btree;
CREATE OPERATOR CLASS "my int ops" DEFAULT FOR TYPE "my int" USING btree FAMILY "my family" AS
  OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 my_compare("my int", "my int");
CREATE OPERATOR CLASS "my int hash" DEFAULT FOR TYPE "my int" USING hash AS
  OPERATOR 1 =, FUNCTION 1 my_hash("my int");
-- An operator loose in the family, beyond its class.
CREATE FUNCTION my_mixed_eq("my int", integer) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT AS 'int4eq';
CREATE OPERATOR = (LEFTARG = "my int", RIGHTARG = integer, FUNCTION = my_mixed_eq);
ALTER OPERATOR FAMILY "my family" USING btree ADD OPERATOR 3 =("my int", integer);

-- A descending class, not the default, and an empty family.
CREATE FUNCTION descending(integer, integer) RETURNS integer LANGUAGE sql IMMUTABLE STRICT RETURN $2 - $1;
CREATE OPERATOR CLASS "descending ops" FOR TYPE integer USING btree AS
  OPERATOR 1 >, OPERATOR 2 >=, OPERATOR 3 =, OPERATOR 4 <=, OPERATOR 5 <, FUNCTION 1 descending(integer, integer);
CREATE OPERATOR FAMILY "empty family" USING gist;

CREATE CAST (integer AS "my int") WITHOUT FUNCTION AS ASSIGNMENT;
CREATE CAST ("my int" AS text) WITH INOUT;
CREATE FUNCTION to_email(integer) RETURNS "ext $chema".hstore LANGUAGE sql IMMUTABLE STRICT
  RETURN "ext $chema".hstore('n', $1::text);
CREATE CAST (integer AS "ext $chema".hstore) WITH FUNCTION to_email(integer) AS IMPLICIT;

SET ROLE :"owner";
CREATE FUNCTION say(text) RETURNS text LANGUAGE sql IMMUTABLE RETURN '<' || $1 || '>';
CREATE OPERATOR @#@ (RIGHTARG = text, FUNCTION = say);
CREATE OPERATOR public.|&| (LEFTARG = anycompatiblearray, RIGHTARG = anycompatiblearray, FUNCTION = array_cat);

CREATE FUNCTION sum_step(state numeric, value numeric, weight integer) RETURNS numeric
  LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN state + coalesce(value, 0) * weight;
CREATE FUNCTION sum_join(a numeric, b numeric) RETURNS numeric LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN a + b;
CREATE FUNCTION sum_end(state numeric) RETURNS text LANGUAGE sql IMMUTABLE RETURN state || ' %';
CREATE AGGREGATE "weighted sum"(numeric, weight integer) (
  SFUNC = sum_step, STYPE = numeric, SSPACE = 32, FINALFUNC = sum_end, FINALFUNC_MODIFY = READ_ONLY,
  COMBINEFUNC = sum_join, INITCOND = '0', PARALLEL = SAFE
);
CREATE AGGREGATE moving_sum(double precision) (
  SFUNC = float8pl, STYPE = double precision,
  MSFUNC = float8pl, MINVFUNC = float8mi, MSTYPE = double precision, MINITCOND = '0'
);
CREATE AGGREGATE least_of(integer) (SFUNC = int4smaller, STYPE = integer, SORTOP = <);
CREATE AGGREGATE "joined %"(VARIADIC text[]) (SFUNC = array_cat, STYPE = text[]);
CREATE AGGREGATE "count all"(*) (SFUNC = int8inc, STYPE = bigint, INITCOND = '0');
RESET ROLE;
-- With internal state: for superusers.
CREATE AGGREGATE "my percentile"(double precision ORDER BY anyelement) (
  SFUNC = ordered_set_transition, STYPE = internal, FINALFUNC = percentile_disc_final, FINALFUNC_EXTRA
);
CREATE AGGREGATE "my rank"(VARIADIC "any" ORDER BY VARIADIC "any") (
  SFUNC = ordered_set_transition_multi, STYPE = internal, FINALFUNC = rank_final, FINALFUNC_EXTRA, HYPOTHETICAL
);

CREATE ACCESS METHOD "heap two" TYPE TABLE HANDLER heap_tableam_handler;
CREATE ACCESS METHOD "btree two" TYPE INDEX HANDLER bthandler;
CREATE TABLE in_another_access_method (a integer) USING "heap two";
INSERT INTO in_another_access_method SELECT generate_series(1, 9);
