-- What the server is, one name and value a line: the boot compares them with what was asked for.
SELECT
    name,
    CASE name WHEN 'server_version' THEN split_part(setting, ' ', 1) ELSE setting END
FROM pg_settings
WHERE name IN (
    'server_version', 'data_directory', 'port', 'data_checksums', 'password_encryption', 'ssl',
    'shared_preload_libraries'
)
UNION ALL
-- Set in the file: pg_settings has it only once the extension is loaded.
SELECT 'timescaledb.telemetry_level', current_setting('timescaledb.telemetry_level', TRUE)
UNION ALL
SELECT 'in_recovery', pg_is_in_recovery()::text
UNION ALL
SELECT 'library_directory', setting FROM pg_config WHERE name = 'PKGLIBDIR'
UNION ALL
SELECT 'extension_' || name, default_version FROM pg_available_extensions WHERE name IN ('timescaledb', 'postgis');
