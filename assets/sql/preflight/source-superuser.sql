-- The fence takes others' right to connect, and holds out everybody but superusers.
SELECT
    CASE WHEN rolsuper THEN 'pass' ELSE 'fail' END,
    format('%I is %s superuser%s.', rolname, CASE WHEN rolsuper THEN 'a' ELSE 'no' END, CASE
        WHEN NOT rolsuper THEN ': it could not close the database to others, and would lock itself out'
    END)
FROM pg_roles
WHERE rolname = current_user;
