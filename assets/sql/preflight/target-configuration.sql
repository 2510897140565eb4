-- The files of the configuration can be read at a restart, and what they say is in force.
WITH said AS (
    SELECT f.name, f.error, f.sourcefile, f.sourceline, coalesce(s.context = 'postmaster', FALSE) AS needs_restart
    FROM pg_file_settings AS f
    LEFT JOIN pg_settings AS s ON s.name = f.name
    WHERE f.error IS NOT NULL
),

-- Of a setting that needs a restart the view says no more than that it could not be applied.
waiting AS (
    SELECT name FROM pg_settings WHERE pending_restart
    UNION
    SELECT name FROM said WHERE needs_restart AND error = 'setting could not be applied'
),

problem (verdict, finding, remedy) AS (
    SELECT
        'fail',
        format('%s, line %s: %s%s.', sourcefile, sourceline, error, ' (' || name || ')'),
        'Correct the file, and reload PostgreSQL: it would not start again with it.'
    FROM said
    WHERE NOT (needs_restart AND error = 'setting could not be applied')
    UNION ALL
    SELECT
        'warn', format('Waiting for a restart of PostgreSQL: %s.', string_agg(name, ', ' ORDER BY name)),
        'Restart PostgreSQL on the target before the window, or take the change back.'
    FROM waiting
    -- target-preload says that.
    WHERE name <> 'shared_preload_libraries'
    HAVING count(*) > 0
    UNION ALL
    SELECT
        'warn', format('password_encryption is %s.', current_setting('password_encryption')),
        'Set password_encryption to scram-sha-256: pg_hba.conf takes no other password.'
    WHERE current_setting('password_encryption') <> 'scram-sha-256'
)

SELECT
    coalesce(min(verdict), 'pass'),
    coalesce(
        array_to_string((array_agg(finding ORDER BY verdict, finding))[1:5], ' '),
        format(
            'All %s settings of the files are in force.', (SELECT count(*) FROM pg_file_settings WHERE applied)
        )
    ),
    (array_agg(remedy ORDER BY verdict, finding))[1]
FROM problem;
