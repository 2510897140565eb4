-- Goes on as the application's role (:role), with the settings that it would have after a login. Only a superuser may take
-- its whole identity.
SELECT rolsuper AS is_superuser FROM pg_roles WHERE rolname = current_user \gset
SELECT set_config(name, value, false)
FROM (
  SELECT split_part(setting, '=', 1) AS name, substr(setting, strpos(setting, '=') + 1) AS value, setdatabase, position
  FROM pg_db_role_setting, unnest(setconfig) WITH ORDINALITY AS entry (setting, position)
  WHERE setrole = (SELECT oid FROM pg_roles WHERE rolname = :'role')
    AND setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
) AS settings
LEFT JOIN pg_settings USING (name)
WHERE coalesce(context, 'user') = 'user'
ORDER BY setdatabase, position;
\if :is_superuser
SET SESSION AUTHORIZATION :"role";
\else
SET ROLE :"role";
\endif
