-- The fence holds the application out by taking its right to connect: nothing holds a superuser out.
SELECT
    CASE WHEN r.oid IS NULL OR r.rolsuper OR NOT r.rolcanlogin THEN 'fail' ELSE 'pass' END,
    format('%I (application.roleName) %s.', :'application_role', CASE
        WHEN r.oid IS NULL THEN 'is no role of the source'
        WHEN r.rolsuper THEN 'is a superuser: the fence does not hold it out'
        WHEN NOT r.rolcanlogin THEN 'may not log in: the application connects as another role'
        ELSE 'logs in, and is no superuser'
    END)
FROM (SELECT 1) AS one
LEFT JOIN pg_roles AS r ON r.rolname = :'application_role';
