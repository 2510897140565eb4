-- Publications and a subscription that never connects. Variable: database.
\connect :"database"
SET standard_conforming_strings = on;
SET client_min_messages = error;
\set owner 'Owner "O''Neil" – Größe'
\set weird 'Weird "Schema" – %s $1 \\'
SET search_path = :"weird", public, "ext $chema";
-- None publishes updates or deletes: those would fail on tables with no replica identity.
CREATE PUBLICATION "all %" FOR ALL TABLES WITH (publish = 'truncate');
CREATE PUBLICATION "it's of some" FOR TABLE referred (id), ONLY mother, indexed (id, j) WHERE (j > 3 AND id <> 7)
  WITH (publish = 'insert');
CREATE PUBLICATION of_schemas FOR TABLES IN SCHEMA "select", "empty schema", TABLE "by range" WHERE (amount > 5)
  WITH (publish = 'insert, truncate', publish_via_partition_root = true);
CREATE PUBLICATION empty_one WITH (publish = '');
ALTER PUBLICATION empty_one OWNER TO :"owner";
CREATE SUBSCRIPTION "never %" CONNECTION 'host=nowhere.invalid dbname=x user=nobody password=''lab password of nobody'''
  PUBLICATION "a publication", b
  WITH (connect = false, enabled = false, slot_name = NONE, create_slot = false, copy_data = false, binary = true,
        streaming = parallel, two_phase = false, disable_on_error = true, run_as_owner = true, origin = none,
        synchronous_commit = 'off');
