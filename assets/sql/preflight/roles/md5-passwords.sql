-- Which of the needed roles (needed-roles.sql goes first) have a password that scram-sha-256 cannot check.
SELECT has_table_privilege('pg_authid', 'SELECT') AS reads_passwords
\gset
\if :reads_passwords
WITH found AS (
    SELECT quote_ident(rolname) AS name, rolname = :'application_role' AS is_application
    FROM pg_authid
    WHERE oid = ANY (:'needed_roles'::oid[]) AND rolcanlogin AND rolpassword LIKE 'md5%'
),

listed AS (
    SELECT
        count(*) AS number, bool_or(is_application) AS has_application,
        array_to_string((array_agg(name ORDER BY is_application DESC, name))[1:5], ', ')
        || CASE WHEN count(*) > 5 THEN format(' and %s more', count(*) - 5) ELSE '' END AS names
    FROM found
)

SELECT
    CASE WHEN number = 0 THEN 'pass' WHEN has_application THEN 'fail' ELSE 'warn' END,
    CASE
        WHEN number = 0 THEN 'No role of the database has an MD5 password.'
        ELSE format('Roles with an MD5 password: %s. The target''s pg_hba.conf asks for scram-sha-256, which lets none of them in.', names)
    END
FROM listed;
\else
SELECT
    'warn',
    format('%I may not read pg_authid: the roles come to the target without their passwords.', current_user),
    format(
        'Rehearse, then give the roles that log in (%s first) their passwords on the target by ALTER ROLE; no later run takes them away.',
        :'application_role'
    );
\endif
