-- Functions, procedures, triggers and views. Variable: database.
\connect :"database"
SET ROLE tracker;

CREATE FUNCTION set_updated_at() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.updated_at := coalesce(NEW.updated_at, now());
  RETURN NEW;
END $$;
CREATE TRIGGER device_updated BEFORE UPDATE ON device
  FOR EACH ROW WHEN (OLD.label IS DISTINCT FROM NEW.label) EXECUTE FUNCTION set_updated_at();

CREATE FUNCTION distance_m(a geometry, b geometry) RETURNS double precision
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 200
  RETURN public.ST_DistanceSphere(a, b);
COMMENT ON FUNCTION distance_m(geometry, geometry) IS 'Metres along the sphere';

CREATE FUNCTION keep_last_fix() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE device
     SET last_fix = ROW(ST_Y(NEW.point), ST_X(NEW.point), NEW.accuracy_m)::geo_fix
   WHERE device_id = NEW.device_id;
  RETURN NULL;
END $$;

CREATE PROCEDURE add_manual_fix(device bigint, latitude double precision, longitude double precision)
LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO position_report (reported_at, device_id, point, accuracy_m, source)
  VALUES (now(), device, ST_SetSRID(ST_MakePoint(longitude, latitude), 4326), 1, 'manual');
END $$;
REVOKE EXECUTE ON PROCEDURE add_manual_fix(bigint, double precision, double precision) FROM PUBLIC;
GRANT EXECUTE ON PROCEDURE add_manual_fix(bigint, double precision, double precision) TO tracker_rw;

CREATE AGGREGATE last_label(text) (SFUNC = textcat, STYPE = text, INITCOND = '');

CREATE VIEW latest_position WITH (security_barrier) AS
  SELECT DISTINCT ON (device_id) device_id, reported_at, point, battery
    FROM position_report
   ORDER BY device_id, reported_at DESC;
CREATE VIEW tagged_device AS
  SELECT device_id, serial, kind, label FROM device WHERE kind = 'tag' WITH LOCAL CHECK OPTION;
CREATE VIEW "Geräte je Art" AS SELECT kind AS "Art", count(*) AS "Anzahl" FROM device GROUP BY kind;

CREATE MATERIALIZED VIEW device_daily AS
  SELECT device_id, time_bucket('1 day', reported_at) AS day, count(*) AS reports, min(battery) AS battery
    FROM position_report
   GROUP BY device_id, day
  WITH NO DATA;
CREATE UNIQUE INDEX device_daily_key ON device_daily (device_id, day);
RESET ROLE;

-- A superuser's function that runs with the superuser's rights.
CREATE FUNCTION ops.database_size_mb() RETURNS numeric
  LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog
  AS $$ SELECT round(pg_database_size(current_database()) / 1048576.0, 1) $$;
REVOKE EXECUTE ON FUNCTION ops.database_size_mb() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ops.database_size_mb() TO tracker_ops;

SET ROLE tracker_audit;
CREATE FUNCTION audit.record_change() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = audit, pg_temp AS $$
BEGIN
  INSERT INTO change_log (table_name, before, after)
  VALUES (TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW));
  RETURN NULL;
END $$;
GRANT USAGE ON SCHEMA audit TO tracker;
RESET ROLE;

SET ROLE tracker;
CREATE TRIGGER account_audit AFTER UPDATE OR DELETE ON account
  FOR EACH ROW EXECUTE FUNCTION audit.record_change();
RESET ROLE;
