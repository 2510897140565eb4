-- A subscription writes in spite of the fence. Restored, it brings its password along and keeps the target's database from being dropped.
WITH subscription AS (
    SELECT
        format('%I (%s)', s.subname, CASE WHEN s.subenabled THEN 'enabled' ELSE 'disabled' END) AS name
    FROM pg_subscription AS s
    JOIN pg_database AS d ON d.oid = s.subdbid
    WHERE d.datname = current_database()
)

SELECT
    CASE WHEN count(*) = 0 THEN 'pass' ELSE 'fail' END,
    CASE
        WHEN count(*) = 0 THEN 'There are none.'
        ELSE format(
            'Subscriptions of the database: %s%s.',
            array_to_string((array_agg(name ORDER BY name))[1:5], ', '), CASE WHEN count(*) > 5 THEN format(' and %s more', count(*) - 5) END
        )
    END
FROM subscription;
