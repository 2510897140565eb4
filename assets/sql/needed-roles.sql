-- The roles that this database needs, into the psql variable needed_roles (an array of oids): owners, grantees,
-- policies' and jobs' roles, roles with settings in this database, the members of all those, and the extra_roles of the
-- environment (a JSON array of names). Never postgres, never the predefined ones, never a neighbour's.
-- A job's owner is a plain column, so nothing but this look knows of it.
SELECT to_regclass('_timescaledb_config.bgw_job') IS NOT NULL AS has_jobs
\gset
\if :has_jobs
SELECT coalesce(array_agg(DISTINCT owner::oid), '{}')::text AS job_owners FROM _timescaledb_config.bgw_job WHERE id >= 1000
\gset
\else
\set job_owners '{}'
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

needed AS (
    SELECT role FROM named
    UNION
    SELECT m.member
    FROM needed AS n
    JOIN pg_auth_members AS m ON m.roleid = n.role
    JOIN pg_roles AS r ON r.oid = n.role
    -- Membership of a predefined role (pg_monitor) does not make its member ours.
    WHERE r.rolname !~ '^pg_'
)

SELECT coalesce(array_agg(r.oid ORDER BY r.rolname), '{}')::text AS needed_roles
FROM needed AS n
JOIN pg_roles AS r ON r.oid = n.role
WHERE r.rolname <> 'postgres' AND r.rolname !~ '^pg_'
\gset
