-- Storage parameters, of tables and of columns. Variable: database.
\connect :"database"
SET standard_conforming_strings = on;
SET client_min_messages = warning;
\set owner 'Owner "O''Neil" – Größe'
\set weird 'Weird "Schema" – %s $1 \\'
SET search_path = :"weird", public, "ext $chema";
SELECT 'lz4' = ANY (enumvals) AS lz4 FROM pg_settings WHERE name = 'default_toast_compression' \gset
SET ROLE :"owner";
CREATE TABLE stored (a text, b text, c text, d text, e integer) WITH (
  fillfactor = 42, autovacuum_enabled = false, autovacuum_vacuum_scale_factor = 0.123,
  autovacuum_freeze_max_age = 1000000000,
  toast.autovacuum_enabled = false, toast.vacuum_truncate = false, toast_tuple_target = 256, parallel_workers = 0,
  user_catalog_table = true, log_autovacuum_min_duration = 77, vacuum_index_cleanup = off
);
ALTER TABLE stored ALTER a SET STORAGE MAIN, ALTER b SET STORAGE EXTERNAL, ALTER c SET STORAGE PLAIN,
  ALTER d SET COMPRESSION pglz;
\if :lz4
  ALTER TABLE stored ALTER a SET COMPRESSION lz4;
\endif
ALTER TABLE stored ALTER e SET STATISTICS 0, ALTER a SET STATISTICS 10000,
  ALTER e SET (n_distinct = -0.25, n_distinct_inherited = 50);
INSERT INTO stored SELECT repeat('a', 3000), repeat('b', 3000), repeat('c', 300), repeat('d', 3000), i
  FROM generate_series(1, 20) AS i;
DELETE FROM stored WHERE e % 3 = 0;
ALTER VIEW "plain view" SET (security_barrier = false);
CREATE TABLE made_unlogged (a integer);
ALTER TABLE made_unlogged SET UNLOGGED;
RESET ROLE;
