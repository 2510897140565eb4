-- The owner of every object that has one; jobs of TimescaleDB are in timescaledb.sql.
WITH owned (classid, objid, owner) AS (
    SELECT 'pg_class'::regclass, oid, relowner FROM pg_class
    WHERE relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND relpersistence <> 't' AND relnamespace::regnamespace::text !~ '^pg_toast'
    UNION ALL SELECT 'pg_namespace'::regclass, oid, nspowner FROM pg_namespace WHERE nspname !~ '^pg_(temp|toast)'
    UNION ALL SELECT 'pg_proc'::regclass, oid, proowner FROM pg_proc
    UNION ALL SELECT 'pg_type'::regclass, t.oid, t.typowner FROM pg_type AS t
    LEFT JOIN pg_class AS c ON c.oid = t.typrelid
    WHERE t.typcategory <> 'A' AND coalesce(c.relkind, 'c') = 'c'
    UNION ALL SELECT 'pg_operator'::regclass, oid, oprowner FROM pg_operator
    UNION ALL SELECT 'pg_opclass'::regclass, oid, opcowner FROM pg_opclass
    UNION ALL SELECT 'pg_opfamily'::regclass, oid, opfowner FROM pg_opfamily
    UNION ALL SELECT 'pg_collation'::regclass, oid, collowner FROM pg_collation
    UNION ALL SELECT 'pg_conversion'::regclass, oid, conowner FROM pg_conversion
    UNION ALL SELECT 'pg_ts_config'::regclass, oid, cfgowner FROM pg_ts_config
    UNION ALL SELECT 'pg_ts_dict'::regclass, oid, dictowner FROM pg_ts_dict
    UNION ALL SELECT 'pg_statistic_ext'::regclass, oid, stxowner FROM pg_statistic_ext
    UNION ALL SELECT 'pg_language'::regclass, oid, lanowner FROM pg_language
    UNION ALL SELECT 'pg_foreign_data_wrapper'::regclass, oid, fdwowner FROM pg_foreign_data_wrapper
    UNION ALL SELECT 'pg_foreign_server'::regclass, oid, srvowner FROM pg_foreign_server
    UNION ALL SELECT 'pg_event_trigger'::regclass, oid, evtowner FROM pg_event_trigger
    UNION ALL SELECT 'pg_publication'::regclass, oid, pubowner FROM pg_publication
    UNION ALL SELECT 'pg_largeobject'::regclass, oid, lomowner FROM pg_largeobject_metadata
    UNION ALL SELECT 'pg_database'::regclass, oid, datdba FROM pg_database WHERE datname = current_database()
)

SELECT
    CASE
        WHEN o.classid = 'pg_database'::regclass THEN 'database'
        ELSE (pg_identify_object(o.classid, o.objid, 0)).type || ' ' || (pg_identify_object(o.classid, o.objid, 0)).identity
    END,
    'owner', pg_get_userbyid(o.owner)
FROM owned AS o
WHERE
    (o.objid >= 16384 OR o.classid IN ('pg_database'::regclass, 'pg_largeobject'::regclass)
        OR (o.classid = 'pg_namespace'::regclass AND o.objid = to_regnamespace('public')))
    -- What an extension's script makes is the bootstrap superuser's on the target, whose name is postgres. No statement gives an
    -- event trigger or a foreign-data wrapper to a role that is no superuser (any more).
    AND NOT (
        (
            o.owner = 10 OR pg_get_userbyid(o.owner) = 'postgres'
            OR (o.classid IN ('pg_event_trigger'::regclass, 'pg_foreign_data_wrapper'::regclass) AND NOT (SELECT rolsuper FROM pg_roles WHERE oid = o.owner))
        )
        AND EXISTS (
            SELECT FROM pg_depend AS d
            WHERE d.classid = o.classid AND d.objid = o.objid AND d.deptype = 'e'
        )
    );
