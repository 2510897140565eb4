-- Why the application's role (:role) could not log in to this database; no row where it could.
SELECT reason
FROM pg_database
LEFT JOIN pg_roles ON rolname = :'role'
CROSS JOIN LATERAL (
  SELECT CASE
    WHEN rolname IS NULL THEN format('there is no role %I', :'role')
    WHEN NOT rolcanlogin THEN format('%I may not log in (NOLOGIN)', rolname)
    WHEN rolvaliduntil < now() THEN format('the password of %I is past its time (VALID UNTIL %s)', rolname, rolvaliduntil)
    WHEN rolconnlimit = 0 THEN format('the connection limit of %I is 0', rolname)
    WHEN NOT datallowconn THEN format('%I takes no connections (ALLOW_CONNECTIONS false)', datname)
    WHEN datconnlimit = 0 AND NOT rolsuper THEN format('the connection limit of %I is 0: it is fenced', datname)
    WHEN NOT has_database_privilege(pg_roles.oid, pg_database.oid, 'CONNECT')
      THEN format('%I has no CONNECT on %I', rolname, datname)
  END AS reason
) AS reasons
WHERE datname = current_database() AND reason IS NOT NULL;
