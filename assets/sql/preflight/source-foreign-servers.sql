-- Foreign servers: after the move it is the target that reaches them. Of their options only the place is shown.
WITH server AS (
    SELECT format('%I (%s)', s.srvname, concat_ws(' at ', w.fdwname, (
        SELECT string_agg(option_value, ':' ORDER BY option_name)
        FROM pg_options_to_table(s.srvoptions)
        WHERE option_name IN ('host', 'hostaddr', 'port')
    ))) AS name
    FROM pg_foreign_server AS s
    JOIN pg_foreign_data_wrapper AS w ON w.oid = s.srvfdw
),

listed AS (
    SELECT
        count(*) AS number,
        array_to_string((array_agg(name ORDER BY name))[1:5], ', ')
        || CASE WHEN count(*) > 5 THEN format(' and %s more', count(*) - 5) ELSE '' END AS names
    FROM server
),

mapping AS (
    SELECT
        count(*) AS number,
        count(*) FILTER (WHERE umoptions IS NULL AND NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)) AS unseen
    FROM pg_user_mappings
)

SELECT
    CASE WHEN listed.number = 0 THEN 'pass' ELSE 'warn' END,
    CASE
        WHEN listed.number = 0 THEN 'There is no foreign server.'
        ELSE format('Foreign servers: %s. User mappings: %s, which travel with their passwords%s.', names, mapping.number,
            CASE WHEN mapping.unseen > 0 THEN format('; of %s the options cannot be read by %I and are lost', mapping.unseen, current_user) END)
    END
FROM listed, mapping;
