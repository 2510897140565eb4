-- Who may do what: object, its owner, grantee, grantor, privileges (an asterisk: with grant option). Of objects of the
-- system and of extensions, those whose privileges are no longer what they were made with.
WITH guarded (classid, objid, objsubid, owner, acl) AS (
    SELECT 'pg_class'::regclass, oid, 0, relowner, coalesce(relacl, acldefault(CASE WHEN relkind = 'S' THEN 's' ELSE 'r' END::"char", relowner))
    FROM pg_class WHERE relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND relpersistence <> 't' AND relnamespace::regnamespace::text !~ '^pg_toast'
    UNION ALL
    SELECT 'pg_class'::regclass, a.attrelid, a.attnum::int, c.relowner, a.attacl
    FROM pg_attribute AS a
    JOIN pg_class AS c ON c.oid = a.attrelid
    WHERE a.attacl IS NOT NULL AND NOT a.attisdropped
    UNION ALL
    SELECT 'pg_namespace'::regclass, oid, 0, nspowner, coalesce(nspacl, acldefault('n', nspowner)) FROM pg_namespace WHERE nspname !~ '^pg_(toast|temp)'
    UNION ALL
    SELECT 'pg_proc'::regclass, oid, 0, proowner, coalesce(proacl, acldefault('f', proowner)) FROM pg_proc
    UNION ALL
    SELECT 'pg_type'::regclass, t.oid, 0, t.typowner, coalesce(t.typacl, acldefault('T', t.typowner))
    FROM pg_type AS t
    LEFT JOIN pg_class AS c ON c.oid = t.typrelid
    WHERE t.typcategory <> 'A' AND t.typtype <> 'm' AND coalesce(c.relkind, 'c') = 'c'
    UNION ALL
    SELECT 'pg_language'::regclass, oid, 0, lanowner, coalesce(lanacl, acldefault('l', lanowner)) FROM pg_language
    UNION ALL
    SELECT 'pg_foreign_data_wrapper'::regclass, oid, 0, fdwowner, coalesce(fdwacl, acldefault('F', fdwowner)) FROM pg_foreign_data_wrapper
    UNION ALL
    SELECT 'pg_foreign_server'::regclass, oid, 0, srvowner, coalesce(srvacl, acldefault('S', srvowner)) FROM pg_foreign_server
    UNION ALL
    SELECT 'pg_largeobject'::regclass, oid, 0, lomowner, coalesce(lomacl, acldefault('L', lomowner)) FROM pg_largeobject_metadata
    UNION ALL
    SELECT 'pg_database'::regclass, oid, 0, datdba, coalesce(datacl, acldefault('d', datdba)) FROM pg_database WHERE datname = current_database()
),

compared AS (
    SELECT g.*
    FROM guarded AS g
    LEFT JOIN pg_init_privs AS i ON i.classoid = g.classid AND i.objoid = g.objid AND i.objsubid = g.objsubid
    WHERE
        CASE
            WHEN i.initprivs IS NOT NULL
                THEN ARRAY(SELECT item::text FROM unnest(g.acl) AS item ORDER BY 1)
                    <> ARRAY(SELECT item::text FROM unnest(i.initprivs) AS item ORDER BY 1)
            WHEN g.classid IN ('pg_database'::regclass, 'pg_largeobject'::regclass) THEN TRUE
            ELSE g.objid >= 16384 AND NOT EXISTS (
                SELECT FROM pg_depend AS d
                WHERE d.classid = g.classid AND d.objid = g.objid AND d.deptype = 'e'
            )
        END
),

line (object, owner, grantee, grantor, privilege, is_grantable) AS (
    SELECT
        CASE
            WHEN c.classid = 'pg_database'::regclass THEN 'database'
            WHEN c.objsubid > 0 THEN 'column ' || (pg_identify_object(c.classid, c.objid, c.objsubid)).identity
            ELSE (pg_identify_object(c.classid, c.objid, 0)).type || ' ' || (pg_identify_object(c.classid, c.objid, 0)).identity
        END,
        pg_get_userbyid(c.owner), item.grantee, item.grantor, item.privilege_type, item.is_grantable
    FROM compared AS c
    -- All may be revoked: the line then says so.
    LEFT JOIN LATERAL aclexplode(c.acl) AS item ON TRUE

    UNION ALL
    SELECT
        format('default privileges for role %s in %s on %s', pg_get_userbyid(d.defaclrole),
            coalesce(nullif(d.defaclnamespace, 0)::regnamespace::text, '(any schema)'), d.defaclobjtype),
        NULL, item.grantee, item.grantor, item.privilege_type, item.is_grantable
    FROM pg_default_acl AS d
    LEFT JOIN LATERAL aclexplode(d.defaclacl) AS item ON TRUE

    UNION ALL
    SELECT format('parameter %s', p.parname), NULL, item.grantee, item.grantor, item.privilege_type, item.is_grantable
    FROM pg_parameter_acl AS p
    CROSS JOIN LATERAL aclexplode(p.paracl) AS item
    WHERE item.grantee = 0 OR item.grantee = ANY (:'needed_roles'::oid[])
)

SELECT
    object, owner,
    CASE WHEN grantee = 0 THEN 'PUBLIC' ELSE coalesce(pg_get_userbyid(grantee), '(nobody)') END,
    pg_get_userbyid(grantor),
    string_agg(privilege || CASE WHEN is_grantable THEN '*' ELSE '' END, ', ' ORDER BY privilege)
FROM line
GROUP BY object, owner, grantee, grantor;
