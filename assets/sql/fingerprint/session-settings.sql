-- What a session of the application begins with: session_settings is what session-settings.sql gave.
SELECT 'database', format('session setting %s', key), value FROM json_each_text(:'session_settings'::json);
