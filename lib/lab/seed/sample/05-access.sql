-- Grants, default privileges, row security. Variable: database.
\connect :"database"
SET ROLE tracker;

GRANT SELECT ON device, geofence, position_report, battery_sample, fetch_log, alert TO tracker_ro;
GRANT SELECT ON latest_position, tagged_device, "Geräte je Art", device_daily TO tracker_ro;
GRANT INSERT, UPDATE, DELETE ON device, device_key, position_report, battery_sample, fetch_log, alert TO tracker_rw;
GRANT SELECT, INSERT ON import_reject TO tracker_rw;
GRANT USAGE ON SEQUENCE import_reject_import_reject_id_seq TO tracker_rw;

-- Columns: the e-mail address is for the writers only.
GRANT SELECT (account_id, name, created_at) ON account TO tracker_ro;
GRANT SELECT, UPDATE (name, email) ON account TO tracker_rw;
GRANT REFERENCES (account_id) ON account TO tracker_ops WITH GRANT OPTION;

GRANT USAGE ON TYPE device_kind TO tracker_ops;
REVOKE USAGE ON TYPE geo_fix FROM PUBLIC;
GRANT USAGE ON TYPE geo_fix TO tracker_rw;

ALTER DEFAULT PRIVILEGES FOR ROLE tracker IN SCHEMA public GRANT SELECT ON TABLES TO tracker_ro;
ALTER DEFAULT PRIVILEGES FOR ROLE tracker IN SCHEMA public GRANT INSERT, UPDATE, DELETE ON TABLES TO tracker_rw;
ALTER DEFAULT PRIVILEGES FOR ROLE tracker IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO tracker_rw;
ALTER DEFAULT PRIVILEGES FOR ROLE tracker REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

ALTER TABLE "FamilyShare" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "FamilyShare" FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_sees_all ON "FamilyShare" TO tracker USING (true) WITH CHECK (true);
CREATE POLICY "report sees recent shares" ON "FamilyShare" FOR SELECT TO report_app
  USING ("geteilt am" >= '2025-01-01');
CREATE POLICY no_future_share ON "FamilyShare" AS RESTRICTIVE FOR INSERT TO tracker_rw
  WITH CHECK ("geteilt am" <= current_date);
GRANT SELECT ON "FamilyShare" TO tracker_ro;
RESET ROLE;

SET ROLE tracker_audit;
GRANT SELECT, INSERT ON audit.change_log TO tracker;
ALTER TABLE audit.change_log ENABLE ROW LEVEL SECURITY;
CREATE POLICY insert_only ON audit.change_log FOR INSERT TO tracker WITH CHECK (true);
RESET ROLE;

ALTER DEFAULT PRIVILEGES FOR ROLE tracker_ops IN SCHEMA ops GRANT SELECT ON TABLES TO tracker;
