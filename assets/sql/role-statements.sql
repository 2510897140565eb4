-- Writes the statements that make the needed roles (needed-roles.sql) on the target: created where missing, then set to
-- what they are on the source, with their password verifiers, settings, comments and memberships.
SELECT has_table_privilege('pg_authid', 'SELECT') AS reads_passwords, current_setting('server_version_num')::int >= 160000 AS has_grant_options
\gset

-- The statements hold password verifiers: the target's log must not.
SELECT 'SET log_statement = ''none''; SET log_min_duration_statement = -1; SET log_min_error_statement = ''panic'';';

SELECT format('DO %L;', format('BEGIN CREATE ROLE %I; EXCEPTION WHEN duplicate_object THEN NULL; END', rolname))
FROM pg_roles
WHERE oid = ANY (:'needed_roles'::oid[])
ORDER BY rolname;

SELECT format(
    'ALTER ROLE %I WITH %s %s %s %s %s %s %s CONNECTION LIMIT %s%s;', rolname,
    CASE WHEN rolsuper THEN 'SUPERUSER' ELSE 'NOSUPERUSER' END,
    CASE WHEN rolinherit THEN 'INHERIT' ELSE 'NOINHERIT' END,
    CASE WHEN rolcreaterole THEN 'CREATEROLE' ELSE 'NOCREATEROLE' END,
    CASE WHEN rolcreatedb THEN 'CREATEDB' ELSE 'NOCREATEDB' END,
    CASE WHEN rolcanlogin THEN 'LOGIN' ELSE 'NOLOGIN' END,
    CASE WHEN rolreplication THEN 'REPLICATION' ELSE 'NOREPLICATION' END,
    CASE WHEN rolbypassrls THEN 'BYPASSRLS' ELSE 'NOBYPASSRLS' END,
    rolconnlimit, ' VALID UNTIL ' || quote_literal(rolvaliduntil::text)
)
FROM pg_roles
WHERE oid = ANY (:'needed_roles'::oid[])
ORDER BY rolname;

\if :reads_passwords
SELECT format('ALTER ROLE %I PASSWORD %s;', rolname, coalesce(quote_literal(rolpassword), 'NULL'))
FROM pg_authid
WHERE oid = ANY (:'needed_roles'::oid[])
ORDER BY rolname;
\endif

SELECT format('ALTER ROLE %I RESET ALL;', rolname)
FROM pg_roles
WHERE oid = ANY (:'needed_roles'::oid[])
ORDER BY rolname;

-- A user's text is a literal in every statement. Of a list (search_path) the server keeps one text with commas and quotes
-- of its own, and SET would take the literal for one element: set_config() takes it as it is kept. Tablespaces are named
-- one by one, for set_config() refuses those that the target does not have.
SELECT
    CASE
        WHEN lower(setting.name) = 'temp_tablespaces'
            THEN format('ALTER ROLE %I SET temp_tablespaces TO %s;', r.rolname, coalesce(element.literals, quote_literal(setting.value)))
        WHEN lower(setting.name) IN ('local_preload_libraries', 'search_path', 'session_preload_libraries')
            THEN format(
                'SELECT pg_catalog.set_config(%1$L, %2$L, FALSE); ALTER ROLE %3$I SET %1$I FROM CURRENT; '
                'SELECT pg_catalog.set_config(%1$L, '''', FALSE);',
                lower(setting.name), setting.value, r.rolname
            )
        ELSE format('ALTER ROLE %I SET %I TO %L;', r.rolname, setting.name, setting.value)
    END
FROM pg_db_role_setting AS s
JOIN pg_roles AS r ON r.oid = s.setrole
CROSS JOIN LATERAL unnest(s.setconfig) AS entry
CROSS JOIN LATERAL (
    SELECT split_part(entry, '=', 1) AS name, substr(entry, strpos(entry, '=') + 1) AS value
) AS setting
CROSS JOIN LATERAL (
    SELECT string_agg(quote_literal(coalesce(replace(part[1], '""', '"'), lower(part[2]))), ', ' ORDER BY place) AS literals
    FROM regexp_matches(setting.value, '\s*(?:"((?:[^"]|"")*)"|([^,\s"]+))\s*(?:,|$)', 'g') WITH ORDINALITY AS m (part, place)
) AS element
WHERE s.setdatabase = 0 AND r.oid = ANY (:'needed_roles'::oid[])
ORDER BY r.rolname, setting.name;

SELECT format('COMMENT ON ROLE %I IS %L;', r.rolname, d.description)
FROM pg_shdescription AS d
JOIN pg_roles AS r ON r.oid = d.objoid
WHERE d.classoid = 'pg_authid'::regclass AND r.oid = ANY (:'needed_roles'::oid[])
ORDER BY r.rolname;

-- Who may set which parameter (GRANT SET ON PARAMETER).
SELECT format('GRANT %s ON PARAMETER %I TO %s%s;', item.privilege_type, p.parname,
    CASE WHEN item.grantee = 0 THEN 'PUBLIC' ELSE quote_ident(r.rolname) END,
    CASE WHEN item.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
FROM pg_parameter_acl AS p
CROSS JOIN LATERAL aclexplode(p.paracl) AS item
LEFT JOIN pg_roles AS r ON r.oid = item.grantee
WHERE item.grantee = 0 OR r.oid = ANY (:'needed_roles'::oid[])
ORDER BY p.parname, r.rolname;

-- Memberships, among the needed roles and in predefined ones. A grant made by another needed role stands on that role's
-- own admin option, so grants go in the order in which they can be made.
WITH RECURSIVE membership AS (
    SELECT m.roleid, m.member, m.grantor, m.admin_option, to_jsonb(m) AS fields
    FROM pg_auth_members AS m
    JOIN pg_roles AS role ON role.oid = m.roleid
    WHERE
        m.member = ANY (:'needed_roles'::oid[])
        AND (m.roleid = ANY (:'needed_roles'::oid[]) OR role.rolname ~ '^pg_')
),

possible AS (
    SELECT 0 AS depth, m.roleid, m.member, m.grantor, m.admin_option
    FROM membership AS m
    WHERE NOT (:'has_grant_options'::boolean AND m.grantor = ANY (:'needed_roles'::oid[]))
    UNION ALL
    SELECT p.depth + 1, m.roleid, m.member, m.grantor, m.admin_option
    FROM possible AS p
    JOIN membership AS m ON m.roleid = p.roleid AND m.grantor = p.member
    WHERE p.admin_option AND :'has_grant_options'::boolean AND m.grantor = ANY (:'needed_roles'::oid[])
)

SELECT format(
    'GRANT %I TO %I%s%s;', role.rolname, member.rolname,
    CASE
        WHEN :'has_grant_options'::boolean
            THEN format(' WITH ADMIN %s, INHERIT %s, SET %s', m.admin_option::text, m.fields ->> 'inherit_option', m.fields ->> 'set_option')
        WHEN m.admin_option THEN ' WITH ADMIN OPTION'
        ELSE ''
    END,
    CASE WHEN first.depth > 0 THEN format(' GRANTED BY %I', grantor.rolname) ELSE '' END
)
FROM membership AS m
JOIN (
    SELECT roleid, member, grantor, min(depth) AS depth
    FROM possible
    GROUP BY roleid, member, grantor
) AS first USING (roleid, member, grantor)
JOIN pg_roles AS role ON role.oid = m.roleid
JOIN pg_roles AS member ON member.oid = m.member
LEFT JOIN pg_roles AS grantor ON grantor.oid = m.grantor
ORDER BY first.depth, role.rolname, member.rolname;
