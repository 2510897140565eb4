-- pg_dump opens a connection for each job and one more, beside those of the snapshot, the watch and the fingerprint.
WITH used AS (
    SELECT
        count(*) AS everywhere,
        count(*) FILTER (WHERE datname = current_database() AND pid <> pg_backend_pid()) AS here,
        count(*) FILTER (WHERE datname = current_database() AND usename = :'application_role') AS of_application
    FROM pg_stat_activity
    WHERE backend_type = 'client backend'
),

room AS (
    SELECT
        used.*,
        :dump_jobs + 5 AS needed,
        d.datconnlimit,
        s.setting::int AS most,
        s.setting::int - used.everywhere + 1 AS free
    FROM used
    CROSS JOIN pg_settings AS s
    CROSS JOIN pg_database AS d
    WHERE s.name = 'max_connections' AND d.datname = current_database()
)

SELECT
    CASE WHEN free < needed OR datconnlimit = 0 THEN 'fail' WHEN here + needed > :target_max_connections THEN 'warn' ELSE 'pass' END,
    concat_ws(
        ' ',
        format(
            'Of max_connections (%s) %s are free; the run takes up to %s. %s sessions are in the database, %s of them of %s.', most, free, needed,
            here, of_application, :'application_role'
        ),
        CASE
            WHEN datconnlimit = 0 THEN 'Its connection limit is 0: it is fenced, or closed by hand.'
            WHEN datconnlimit > 0 THEN format('Its connection limit is %s.', datconnlimit)
        END,
        CASE WHEN here + needed > :target_max_connections THEN format('The target''s limit is %s (target.maxConnections).', :'target_max_connections') END
    )
FROM room;
