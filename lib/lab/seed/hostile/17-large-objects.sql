-- Large objects. Variable: database.
\connect :"database"
SET standard_conforming_strings = on;
SET client_min_messages = warning;
\set owner 'Owner "O''Neil" – Größe'
\set weird 'Weird "Schema" – %s $1 \\'
SET search_path = :"weird", public, "ext $chema";
SET ROLE :"owner";
SELECT lo_create(4200001);
SELECT lo_from_bytea(4200002, '\x00');
SELECT lo_from_bytea(4200003,
  (SELECT string_agg(sha256(convert_to('lo ' || i, 'UTF8')), '' ORDER BY i) FROM generate_series(1, 60000) AS i));
-- With a hole in it.
SELECT lo_create(4200004);
SELECT lo_put(4200004, 5000000, 'after the hole');
GRANT SELECT, UPDATE ON LARGE OBJECT 4200001 TO "app role" WITH GRANT OPTION;
GRANT SELECT ON LARGE OBJECT 4200001 TO PUBLIC;
REVOKE ALL ON LARGE OBJECT 4200002 FROM :"owner";
COMMENT ON LARGE OBJECT 4200001 IS E'empty,\nit''s 100 %';
RESET ROLE;
SELECT lo_from_bytea(4294967294, 'the last number');
