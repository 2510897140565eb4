-- Which cluster answers, and as what.
SELECT json_build_object(
    'systemIdentifier', (SELECT system_identifier::text FROM pg_control_system()),
    'version', split_part(current_setting('server_version'), ' ', 1),
    'inRecovery', pg_is_in_recovery(),
    'archiving', current_setting('archive_mode'),
    'databases', (SELECT json_agg(datname ORDER BY datname) FROM pg_database WHERE NOT datistemplate)
);
