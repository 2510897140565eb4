-- Gives the database the settings that database-settings.sql has read (settings), and no other.
DELETE FROM pg_db_role_setting
WHERE setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database()) AND setrole = 0;
INSERT INTO pg_db_role_setting (setdatabase, setrole, setconfig)
SELECT d.oid, 0, array_agg(setting)
FROM pg_database AS d
CROSS JOIN json_array_elements_text(:'settings'::json) AS setting
WHERE d.datname = current_database()
GROUP BY d.oid;
