-- Sets for the database what an application's session would miss of the source's server (settings: a JSON array of name and
-- value; a value that is null is PostgreSQL's own default). Of a list the server keeps one text with commas and quotes of its
-- own: set_config() takes it as it is kept.
SELECT CASE
    WHEN lower(s.name) = 'search_path' THEN format(
        'SELECT pg_catalog.set_config(%1$L, %2$L, FALSE); ALTER DATABASE %3$I SET %1$I FROM CURRENT; SELECT pg_catalog.set_config(%1$L, '''', FALSE)',
        s.name, coalesce(s.value, p.boot_val), current_database()
    )
    ELSE format('ALTER DATABASE %I SET %I TO %L', current_database(), s.name, coalesce(s.value, p.boot_val))
END
FROM json_to_recordset(:'settings'::json) AS s (name text, value text)
LEFT JOIN pg_settings AS p ON p.name = s.name
WHERE coalesce(s.value, p.boot_val) IS NOT NULL
\gexec
