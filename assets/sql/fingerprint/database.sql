-- The database itself: encoding, locale, limits, settings, extensions.
-- jsonb bridges the columns that PostgreSQL 15 and 17 renamed (daticulocale, datlocale).
-- carried_settings: the server's settings that the target's database got as its own (session-settings.sql compares them).
SELECT 'database', property.key, property.value
FROM pg_database AS d
CROSS JOIN LATERAL (VALUES
    ('encoding', pg_encoding_to_char(d.encoding)),
    ('collate', d.datcollate),
    ('ctype', d.datctype),
    ('locale provider', to_jsonb(d) ->> 'datlocprovider'),
    ('locale', coalesce(to_jsonb(d) ->> 'datlocale', to_jsonb(d) ->> 'daticulocale')),
    ('ICU rules', to_jsonb(d) ->> 'daticurules'),
    ('connection limit', d.datconnlimit::text),
    ('is template', d.datistemplate::text)
) AS property (key, value)
WHERE d.datname = current_database()

UNION ALL
SELECT 'database', format('setting %s for role %s', split_part(setting, '=', 1), coalesce(r.rolname, '(all)')), setting
FROM pg_db_role_setting AS s
CROSS JOIN LATERAL unnest(s.setconfig) AS setting
LEFT JOIN pg_roles AS r ON r.oid = s.setrole
WHERE
    s.setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND NOT (s.setrole = 0 AND split_part(setting, '=', 1) IN (SELECT json_array_elements_text(:'carried_settings'::json)))

UNION ALL
SELECT format('extension %I', e.extname), property.key, property.value
FROM pg_extension AS e
CROSS JOIN LATERAL (VALUES
    ('version', e.extversion),
    -- The superuser that a server begins with has another name on each.
    ('owner', CASE WHEN e.extowner <> 10 THEN pg_get_userbyid(e.extowner) END),
    ('schema', e.extnamespace::regnamespace::text),
    -- An extension's owner can add a table to it, and no dump holds its rows then; nothing else looks at its tables.
    ('tables', (
        SELECT string_agg(c.oid::regclass::text, ', ' ORDER BY c.oid::regclass::text)
        FROM pg_depend AS d
        JOIN pg_class AS c ON d.classid = 'pg_class'::regclass AND c.oid = d.objid
        WHERE d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid AND d.deptype = 'e' AND c.relkind IN ('r', 'p', 'm', 'f')
    ))
) AS property (key, value);
