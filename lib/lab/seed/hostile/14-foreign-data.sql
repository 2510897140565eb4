-- Foreign data wrappers, servers, user mappings, foreign tables. Variable: database.
\connect :"database"
SET standard_conforming_strings = on;
SET client_min_messages = warning;
\set owner 'Owner "O''Neil" – Größe'
\set weird 'Weird "Schema" – %s $1 \\'
SET search_path = :"weird", public, "ext $chema";
-- Nobody connects: the servers are addresses that lead nowhere, and the files are not read.
CREATE FOREIGN DATA WRAPPER "my wrapper" OPTIONS (debug 'true', "it's" 'x % y');
CREATE FOREIGN DATA WRAPPER with_handler HANDLER file_fdw_handler VALIDATOR file_fdw_validator;
CREATE SERVER "server %" TYPE 'my''type' VERSION '1 "x"' FOREIGN DATA WRAPPER "my wrapper"
  OPTIONS (host 'nowhere.invalid');
CREATE SERVER elsewhere FOREIGN DATA WRAPPER postgres_fdw
  OPTIONS (host 'nowhere.invalid', dbname 'it''s', port '1', extensions 'hstore', fetch_size '77');
CREATE SERVER files FOREIGN DATA WRAPPER with_handler;
ALTER SERVER elsewhere OWNER TO "job owner";
GRANT USAGE ON FOREIGN SERVER files, "server %" TO :"owner" WITH GRANT OPTION;

CREATE USER MAPPING FOR PUBLIC SERVER elsewhere OPTIONS (user 'nobody', password 'lab password of nobody');
CREATE USER MAPPING FOR :"owner" SERVER elsewhere
  OPTIONS (user 'it''s', password 'lab % \ ''password''', password_required 'false');
CREATE USER MAPPING FOR "Bypa$$er" SERVER "server %" OPTIONS ("any option" '');
CREATE USER MAPPING FOR postgres SERVER "server %";

SET ROLE :"owner";
CREATE FOREIGN TABLE "foreign %" (
  a integer OPTIONS ("column option" 'x') NOT NULL, b text COLLATE "C" DEFAULT 'd',
  c integer GENERATED ALWAYS AS (a * 2) STORED,
  CONSTRAINT "assumed" CHECK (a > 0)
) SERVER "server %" OPTIONS (path '/it''s/"there"', n '1');
CREATE FOREIGN TABLE "foreign partition" PARTITION OF without_partitions FOR VALUES IN (9) SERVER "server %"
  OPTIONS (x 'y');
ALTER FOREIGN TABLE "foreign %" ALTER a SET STATISTICS 12, ALTER b SET STORAGE EXTERNAL;
CREATE TRIGGER on_foreign BEFORE INSERT ON "foreign %" FOR EACH ROW EXECUTE FUNCTION "log it"();
RESET ROLE;
CREATE FOREIGN TABLE "foreign kid" (extra integer) INHERITS (father) SERVER files
  OPTIONS (filename '/nonexistent', format 'csv');
