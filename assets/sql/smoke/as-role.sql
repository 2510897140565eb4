-- Runs the application's statements (write, readBack, history, aggregate, remove; an empty one is none) as its role (role), with
-- the settings that it would have after a login, and prints how many rows each gave, or why it failed. What they call is users'
-- code: a session that was authenticated as a superuser could be taken back to it (RESET SESSION AUTHORIZATION), but not from
-- within a function that runs as its owner. That code may still leave settings, temporary tables and triggers that wait for
-- the commit behind: so it is called once, nothing is asked after it, and all is taken back.
SELECT rolsuper AS is_superuser FROM pg_roles WHERE rolname = current_user \gset
BEGIN;
CREATE FUNCTION pg_temp.rows_of(names text[], statements text[]) RETURNS TABLE (name text, given bigint, error text) LANGUAGE plpgsql AS $$
BEGIN
    FOR place IN 1..cardinality(names) LOOP
        CONTINUE WHEN statements[place] = '';
        name := names[place];
        given := NULL;
        BEGIN
            EXECUTE statements[place];
            GET DIAGNOSTICS given = ROW_COUNT;
            SET CONSTRAINTS ALL IMMEDIATE;
        EXCEPTION WHEN OTHERS THEN
            error := replace(SQLERRM, E'\n', ' ');
        END;
        RETURN NEXT;
        EXIT WHEN error IS NOT NULL;
    END LOOP;
END $$;
\if :is_superuser
ALTER FUNCTION pg_temp.rows_of(text[], text[]) SECURITY DEFINER;
ALTER FUNCTION pg_temp.rows_of(text[], text[]) OWNER TO :"role";
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
SELECT *
FROM pg_temp.rows_of(
    ARRAY['write', 'readBack', 'history', 'aggregate', 'remove', 'readBackAgain'],
    ARRAY[:'write', :'readBack', :'history', :'aggregate', :'remove', :'readBack']
);
ROLLBACK;
