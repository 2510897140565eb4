-- The roles that this database needs, into the psql variable needed_roles (an array of oids). Its objects name some: owners,
-- grantees, policies' and jobs' roles, roles with settings in this database. More are needed by what they may do in it: the
-- members of those and the roles that those are members of, those that are connected now, that a rule of pg_hba.conf lets
-- into this database by its name, and that a policy, a function or a view asks for by name; the environment leaves some of
-- these out (omitted_roles) and adds others (extra_roles), both JSON arrays of names.
-- Never postgres, never the predefined ones. Once a run has decided (decided_roles, a JSON array of names), it stays with that:
-- who is connected changes.
\if :{?decided_roles}
SELECT coalesce(array_agg(oid ORDER BY rolname), '{}')::text AS needed_roles
FROM pg_roles
WHERE rolname IN (SELECT json_array_elements_text(:'decided_roles'::json))
\gset
\else
-- A job's owner is a plain column, so nothing but this look knows of it.
SELECT
    EXISTS (SELECT FROM pg_extension WHERE extname = 'timescaledb') AS has_jobs,
    has_function_privilege('pg_catalog.pg_hba_file_rules()', 'EXECUTE') AS reads_hba
\gset
\set job_owners '{}'
\if :has_jobs
SELECT coalesce(array_agg(DISTINCT owner::oid), '{}')::text AS job_owners FROM _timescaledb_config.bgw_job WHERE id >= 1000
\gset
\endif
\set hba_names '{}'
\if :reads_hba
SELECT coalesce(array_agg(ltrim(name, '+')), '{}')::text AS hba_names
FROM pg_hba_file_rules
CROSS JOIN LATERAL unnest(user_name) AS name
WHERE current_database() = ANY (database) AND auth_method <> 'reject'
\gset
\endif

-- pg_shdepend knows every reference from an object of this database to a role; the database's own owner and grantees
-- stand there under database 0.
WITH RECURSIVE this AS (
    SELECT oid FROM pg_database WHERE datname = current_database()
),

named AS (
    SELECT d.refobjid AS role
    FROM pg_shdepend AS d
    CROSS JOIN this
    WHERE
        d.refclassid = 'pg_authid'::regclass
        AND (d.dbid = this.oid OR (d.classid = 'pg_database'::regclass AND d.objid = this.oid))
    UNION
    SELECT s.setrole
    FROM pg_db_role_setting AS s
    CROSS JOIN this
    WHERE s.setdatabase = this.oid AND s.setrole <> 0
    UNION
    SELECT oid FROM pg_roles WHERE rolname IN (SELECT json_array_elements_text(:'extra_roles'::json))
    UNION
    SELECT unnest(:'job_owners'::oid[])
),

-- What is written in SQL and asks who somebody is.
text AS (
    SELECT string_agg(text, E'\n') AS all_of_it
    FROM (
        SELECT concat_ws(' ', pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid)) AS text FROM pg_policy
        UNION ALL
        SELECT pg_get_viewdef(oid) FROM pg_class WHERE relkind IN ('v', 'm') AND oid >= 16384
        UNION ALL
        SELECT concat_ws(' ', prosrc, pg_get_expr(proargdefaults, 0)) FROM pg_proc WHERE oid >= 16384 AND prolang <> 13
    ) AS written
    WHERE text ~* '(pg_has_role|current_user|session_user|current_role|set\s+(session\s+|local\s+)?role|rolname)'
),

found AS (
    SELECT role FROM named
    UNION
    -- Superusers need nothing to get in: one that shall come along is among the extra roles.
    SELECT r.oid
    FROM pg_roles AS r
    WHERE
        NOT r.rolsuper
        AND (
            r.rolname = ANY (:'hba_names'::text[])
            OR r.oid IN (
                SELECT usesysid FROM pg_stat_activity
                WHERE datname = current_database() AND backend_type = 'client backend' AND application_name NOT LIKE 'timescale-cutover/%'
            )
        )
    UNION
    SELECT r.oid FROM pg_roles AS r CROSS JOIN text WHERE strpos(text.all_of_it, quote_literal(r.rolname)) > 0
),

-- Who may act as one of them. Membership of a predefined role (pg_monitor) does not make its member ours.
member AS (
    SELECT f.role FROM found AS f JOIN pg_roles AS r ON r.oid = f.role WHERE r.rolname !~ '^pg_' AND r.rolname <> 'postgres'
    UNION
    SELECT m.member FROM member AS n JOIN pg_auth_members AS m ON m.roleid = n.role
),

-- And whom those may act as: not their other members, who may be a neighbour's. A provider's own roles stay with it.
needed AS (
    SELECT role FROM member
    UNION
    SELECT m.roleid FROM needed AS n JOIN pg_auth_members AS m ON m.member = n.role
)

SELECT coalesce(array_agg(r.oid ORDER BY r.rolname), '{}')::text AS needed_roles
FROM needed AS n
JOIN pg_roles AS r ON r.oid = n.role
WHERE
    r.rolname <> 'postgres' AND r.rolname !~ '^pg_'
    AND (
        r.oid IN (SELECT role FROM named)
        OR (r.rolname !~ '^rds(_|admin|rep)' AND r.rolname NOT IN (SELECT json_array_elements_text(:'omitted_roles'::json)))
    )
\gset
\endif
