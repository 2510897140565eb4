-- The roles that the database needs (needed_roles is set by needed-roles.sql): attributes, password, settings,
-- memberships. Of a password verifier only a digest leaves the server.
SELECT format('role %I', a.rolname), property.key, property.value
FROM pg_roles AS a
CROSS JOIN LATERAL (VALUES
    ('superuser', a.rolsuper::text),
    ('inherit', a.rolinherit::text),
    ('createrole', a.rolcreaterole::text),
    ('createdb', a.rolcreatedb::text),
    ('login', a.rolcanlogin::text),
    ('replication', a.rolreplication::text),
    ('bypassrls', a.rolbypassrls::text),
    ('connection limit', a.rolconnlimit::text),
    ('valid until', a.rolvaliduntil::text)
) AS property (key, value)
WHERE a.oid = ANY (:'needed_roles'::oid[])

UNION ALL
SELECT format('role %I', r.rolname), format('setting %s', split_part(setting, '=', 1)), setting
FROM pg_db_role_setting AS s
JOIN pg_roles AS r ON r.oid = s.setrole
CROSS JOIN LATERAL unnest(s.setconfig) AS setting
WHERE s.setdatabase = 0 AND r.oid = ANY (:'needed_roles'::oid[])

UNION ALL
-- inherit_option and set_option exist from PostgreSQL 16 on.
SELECT
    format('role %I', member.rolname),
    format('member of %I, granted by %I', role.rolname, grantor.rolname),
    format('admin %s, inherit %s, set %s', m.admin_option,
        coalesce(to_jsonb(m) ->> 'inherit_option', '-'), coalesce(to_jsonb(m) ->> 'set_option', '-'))
FROM pg_auth_members AS m
JOIN pg_roles AS role ON role.oid = m.roleid
JOIN pg_roles AS member ON member.oid = m.member
LEFT JOIN pg_roles AS grantor ON grantor.oid = m.grantor
WHERE
    m.member = ANY (:'needed_roles'::oid[])
    AND (m.roleid = ANY (:'needed_roles'::oid[]) OR role.rolname LIKE 'pg\_%');
