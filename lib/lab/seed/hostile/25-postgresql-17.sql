-- What PostgreSQL 17 brought. Variable: database.
\connect :"database"
SET standard_conforming_strings = on;
SET client_min_messages = error;
\set owner 'Owner "O''Neil" – Größe'
\set weird 'Weird "Schema" – %s $1 \\'
SET search_path = :"weird", public, "ext $chema";
SELECT current_setting('server_version_num')::integer >= 170000 AS pg17 \gset
\if :pg17
SET ROLE :"owner";
CREATE COLLATION "built in" (PROVIDER = builtin, LOCALE = 'C.UTF-8');
CREATE TABLE infinite_intervals (i interval, t text COLLATE "built in");
INSERT INTO infinite_intervals VALUES ('infinity', 'ä'), ('-infinity', NULL);
CREATE TABLE identity_of_partitions (id bigint GENERATED ALWAYS AS IDENTITY (START 100), a integer)
  PARTITION BY LIST (a);
CREATE TABLE identity_of_partitions_1 PARTITION OF identity_of_partitions FOR VALUES IN (1);
INSERT INTO identity_of_partitions (a) VALUES (1), (1);
CREATE TABLE excluded_by_range (a integer, r int4range, EXCLUDE USING gist (a WITH =, r WITH &&)) PARTITION BY LIST (a);
CREATE TABLE excluded_by_range_1 PARTITION OF excluded_by_range FOR VALUES IN (1);
RESET ROLE;
GRANT MAINTAIN ON "by range" TO "trailing space " WITH GRANT OPTION;
CREATE TABLE partitioned_access_method (a integer) PARTITION BY LIST (a) USING "heap two";
CREATE EVENT TRIGGER "at login" ON login EXECUTE FUNCTION "does nothing"();
ALTER EVENT TRIGGER "at login" ENABLE ALWAYS;
\endif
