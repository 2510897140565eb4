-- Event triggers that are no extension's. Only a superuser may own one: where RDS lets another role, the restore ends.
WITH trigger AS (
    SELECT
        format('%I on %s (%s)', t.evtname, t.evtevent, t.evtfoid::regproc) AS name, t.evtenabled <> 'D' AS enabled,
        r.rolsuper AS restorable
    FROM pg_event_trigger AS t
    JOIN pg_roles AS r ON r.oid = t.evtowner
    WHERE NOT EXISTS (
        SELECT FROM pg_depend AS d
        WHERE d.classid = 'pg_event_trigger'::regclass AND d.objid = t.oid AND d.deptype = 'e'
    )
),

listed AS (
    SELECT
        count(*) AS number, bool_and(restorable) AS restorable,
        array_to_string((array_agg(name ORDER BY restorable, name))[1:5], ', ')
        || CASE WHEN count(*) > 5 THEN format(' and %s more', count(*) - 5) ELSE '' END AS names
    FROM trigger
    WHERE enabled OR NOT restorable
)

SELECT
    CASE WHEN number = 0 THEN 'pass' WHEN restorable THEN 'warn' ELSE 'fail' END,
    CASE
        WHEN number = 0 THEN 'No event trigger is enabled.'
        WHEN restorable THEN format('Event triggers: %s. They are restored last and fire for the runbook''s own statements on the target.', names)
        ELSE format('Event triggers whose owner is no superuser, which no restore can make: %s.', names)
    END,
    CASE WHEN NOT restorable THEN 'Drop them at the source, or give them to a superuser: ALTER EVENT TRIGGER ... OWNER TO.' END
FROM listed;
