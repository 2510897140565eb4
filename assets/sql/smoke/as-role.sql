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
-- Of each the one that a login takes. This session began without a search_path, as all of the tool's own do: in the
-- users' one a function of theirs could take the place of the server's.
SELECT count(set_config(name, value, FALSE)) AS settings
FROM (
    SELECT DISTINCT ON (name) name, value
    FROM (
        SELECT
            0 AS rank, 0 AS position, 'search_path' AS name,
            coalesce((SELECT setting FROM pg_file_settings WHERE name = 'search_path' AND applied), '"$user", public') AS value
        UNION ALL
        SELECT
            CASE WHEN s.setrole = 0 THEN 1 WHEN s.setdatabase = 0 THEN 2 ELSE 3 END, entry.position,
            split_part(entry.setting, '=', 1), substr(entry.setting, strpos(entry.setting, '=') + 1)
        FROM pg_db_role_setting AS s
        CROSS JOIN LATERAL unnest(s.setconfig) WITH ORDINALITY AS entry (setting, position)
        WHERE
            s.setrole IN (0, (SELECT oid FROM pg_roles WHERE rolname = :'role'))
            AND s.setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
    ) AS setting
    ORDER BY name, rank DESC, position DESC
) AS setting
LEFT JOIN pg_settings USING (name)
WHERE coalesce(context, 'user') = 'user' AND name NOT IN ('role', 'session_authorization')
\gset
\if :is_superuser
\else
SET ROLE :"role";
\endif
SELECT pg_temp.rows_of(:'statement');
