-- Triggers of every form, and event triggers. Variable: database.
\connect :"database"
SET standard_conforming_strings = on;
SET client_min_messages = warning;
\set owner 'Owner "O''Neil" – Größe'
\set weird 'Weird "Schema" – %s $1 \\'
SET search_path = :"weird", public, "ext $chema";
SET ROLE :"owner";
CREATE TABLE trigger_log (what text);
CREATE FUNCTION "log it"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO trigger_log VALUES (concat_ws(' ', TG_NAME, TG_WHEN, TG_OP, TG_LEVEL, array_to_string(TG_ARGV, '|')));
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE FUNCTION log_tables() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO trigger_log SELECT 'rows: ' || count(*) FROM "new rows";
  RETURN NULL;
END $$;

CREATE TABLE triggered (id integer PRIMARY KEY, a text, "B b" integer);
CREATE TRIGGER "before row's" BEFORE INSERT OR UPDATE OF a, "B b" ON triggered
  FOR EACH ROW WHEN (NEW.a IS DISTINCT FROM E'%\\''"')
    EXECUTE FUNCTION "log it"('it''s', '\', '%', '', E'a\nb', 'ä "q"');
CREATE TRIGGER "after statement" AFTER INSERT OR DELETE OR TRUNCATE ON triggered FOR EACH STATEMENT
  EXECUTE FUNCTION "log it"();
CREATE TRIGGER with_tables AFTER UPDATE ON triggered
  REFERENCING OLD TABLE AS "old rows" NEW TABLE AS "new rows" FOR EACH STATEMENT EXECUTE FUNCTION log_tables();
CREATE CONSTRAINT TRIGGER "constraint trigger" AFTER INSERT OR UPDATE ON triggered FROM referred
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "log it"('deferred');
CREATE TRIGGER disabled BEFORE DELETE ON triggered FOR EACH ROW EXECUTE FUNCTION "log it"();
CREATE TRIGGER always BEFORE INSERT ON triggered FOR EACH ROW EXECUTE FUNCTION "log it"('always');
CREATE TRIGGER replica BEFORE INSERT ON triggered FOR EACH ROW EXECUTE FUNCTION "log it"('replica');
ALTER TABLE triggered DISABLE TRIGGER disabled;
ALTER TABLE triggered ENABLE ALWAYS TRIGGER always;
ALTER TABLE triggered ENABLE REPLICA TRIGGER replica;
INSERT INTO triggered VALUES (1, 'a', 1), (2, 'b', 2);
UPDATE triggered SET a = 'c' WHERE id = 1;

CREATE VIEW triggered_view AS SELECT * FROM triggered;
CREATE TRIGGER instead INSTEAD OF INSERT OR UPDATE OR DELETE ON triggered_view FOR EACH ROW EXECUTE FUNCTION "log it"();
-- On a partitioned table, and switched off in one of its partitions only.
CREATE TRIGGER "on all partitions" AFTER INSERT ON "by hash" FOR EACH ROW EXECUTE FUNCTION "log it"();
ALTER TABLE "by hash 0" DISABLE TRIGGER "on all partitions";
INSERT INTO "by hash" VALUES (41, 'h41'), (42, 'h42'), (43, 'h43');
CREATE TRIGGER same_name AFTER INSERT ON mother FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger();
DROP TRIGGER same_name ON mother;
CREATE TRIGGER suppress BEFORE UPDATE ON mother FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger();
RESET ROLE;
-- One partition is another role's.
ALTER TABLE "by hash 3" OWNER TO "job owner";

CREATE FUNCTION "does nothing"() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER "at the end %" ON ddl_command_end WHEN TAG IN ('CREATE TABLE', 'DROP VIEW')
  EXECUTE FUNCTION "does nothing"();
CREATE EVENT TRIGGER on_drop ON sql_drop EXECUTE FUNCTION "does nothing"();
CREATE EVENT TRIGGER "disabled" ON table_rewrite EXECUTE FUNCTION "does nothing"();
ALTER EVENT TRIGGER "disabled" DISABLE;
CREATE EVENT TRIGGER "always" ON ddl_command_start EXECUTE FUNCTION "does nothing"();
ALTER EVENT TRIGGER "always" ENABLE ALWAYS;
