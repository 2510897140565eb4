-- Runs one statement (statement) as the application's role (role), with the settings that it would have after a login, and
-- prints how many rows it gave. What the statement calls is users' code: a session that was authenticated as a superuser
-- could be taken back to it (RESET SESSION AUTHORIZATION), but not from within a function that runs as its owner.
SELECT rolsuper AS is_superuser FROM pg_roles WHERE rolname = current_user \gset
CREATE FUNCTION pg_temp.rows_of(statement text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    given bigint;
BEGIN
    EXECUTE statement;
    GET DIAGNOSTICS given = ROW_COUNT;
    -- What waits for the end of the transaction would run as whoever began it.
    SET CONSTRAINTS ALL IMMEDIATE;
    RETURN given;
END $$;
\if :is_superuser
ALTER FUNCTION pg_temp.rows_of(text) SECURITY DEFINER;
ALTER FUNCTION pg_temp.rows_of(text) OWNER TO :"role";
\endif
SELECT count(set_config(name, value, FALSE)) AS settings
FROM (
    SELECT split_part(setting, '=', 1) AS name, substr(setting, strpos(setting, '=') + 1) AS value
    FROM pg_db_role_setting
    CROSS JOIN LATERAL unnest(setconfig) WITH ORDINALITY AS entry (setting, position)
    WHERE
        setrole = (SELECT oid FROM pg_roles WHERE rolname = :'role')
        AND setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
    ORDER BY setdatabase, position
) AS settings
LEFT JOIN pg_settings USING (name)
WHERE coalesce(context, 'user') = 'user' AND name NOT IN ('role', 'session_authorization')
\gset
\if :is_superuser
\else
SET ROLE :"role";
\endif
SELECT pg_temp.rows_of(:'statement');
