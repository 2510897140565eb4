-- PostgreSQL, TimescaleDB and PostGIS against the environment's and the source's versions, and TimescaleDB's edition.
WITH source AS (
    SELECT
        (:'source'::json -> 'versions' ->> 'postgresql') AS postgresql,
        (:'source'::json -> 'versions' ->> 'timescaledb') AS timescaledb,
        (:'source'::json -> 'versions' ->> 'timescaledbEdition') AS edition,
        (:'source'::json -> 'versions' ->> 'postgis') AS postgis
),

target AS (
    SELECT
        split_part(current_setting('server_version'), ' ', 1) AS postgresql,
        (SELECT default_version FROM pg_available_extensions WHERE name = 'timescaledb') AS timescaledb,
        (SELECT default_version FROM pg_available_extensions WHERE name = 'postgis') AS postgis,
        (SELECT setting FROM pg_config WHERE name = 'PKGLIBDIR') AS libraries
),

-- The libraries can differ from what the control file says.
library AS (
    SELECT
        (pg_stat_file(format('%s/timescaledb-%s.so', t.libraries, s.timescaledb), TRUE)).size IS NOT NULL AS is_there,
        (pg_stat_file(format('%s/timescaledb-tsl-%s.so', t.libraries, s.timescaledb), TRUE)).size IS NOT NULL AS is_community
    FROM source AS s
    CROSS JOIN target AS t
),

problem (verdict, finding, remedy) AS (
    SELECT
        'fail', format('The target has PostgreSQL %s; versions.postgresql says %s.', t.postgresql, :'postgresql_version'),
        'Install that version on the target, or approve the other by setting versions.postgresql.'
    FROM target AS t
    WHERE t.postgresql <> :'postgresql_version'
    UNION ALL
    SELECT
        CASE WHEN split_part(t.postgresql, '.', 1) = split_part(s.postgresql, '.', 1) THEN 'warn' ELSE 'fail' END,
        format('The source has PostgreSQL %s, the target %s.', s.postgresql, t.postgresql),
        'Move between equal versions, and upgrade later, as a decision of its own.'
    FROM source AS s
    CROSS JOIN target AS t
    WHERE t.postgresql <> s.postgresql
    UNION ALL
    SELECT
        'fail', format('The source has TimescaleDB %s; the target has %s.', s.timescaledb, coalesce(t.timescaledb, 'none')),
        format('Install TimescaleDB %s on the target; ALTER EXTENSION UPDATE is a decision for after the move.', s.timescaledb)
    FROM source AS s
    CROSS JOIN target AS t
    WHERE s.timescaledb IS DISTINCT FROM t.timescaledb AND s.timescaledb IS NOT NULL
    UNION ALL
    SELECT
        'fail', format('The target has no library of TimescaleDB %s in %s.', s.timescaledb, t.libraries),
        'Install the package of TimescaleDB at that version anew.'
    FROM source AS s
    CROSS JOIN target AS t
    CROSS JOIN library AS l
    WHERE s.timescaledb = t.timescaledb AND NOT l.is_there
    UNION ALL
    SELECT
        'fail', 'The source runs TimescaleDB''s Community edition; the target has the Apache edition, without compression and policies.',
        'Install the vendor''s package (timescaledb-2-postgresql), not the distribution''s.'
    FROM source AS s
    CROSS JOIN library AS l
    WHERE s.edition = 'timescale' AND l.is_there AND NOT l.is_community
    UNION ALL
    SELECT
        'fail', format('The source has PostGIS %s; the target has %s.', s.postgis, coalesce(t.postgis, 'none')),
        format('Install PostGIS %s on the target.', s.postgis)
    FROM source AS s
    CROSS JOIN target AS t
    WHERE s.postgis IS DISTINCT FROM t.postgis AND s.postgis IS NOT NULL
)

-- The alphabet has fail before warn.
SELECT
    coalesce(min(verdict), 'pass'),
    coalesce(
        string_agg(finding, ' ' ORDER BY verdict, finding),
        (
            SELECT format(
                'PostgreSQL %s, TimescaleDB %s (%s edition) and PostGIS %s, as on the source.', t.postgresql,
                coalesce(t.timescaledb, 'none'), CASE WHEN (SELECT is_community FROM library) THEN 'Community' ELSE 'Apache' END,
                coalesce(t.postgis, 'none')
            )
            FROM target AS t
        )
    ),
    (array_agg(remedy ORDER BY verdict, finding))[1]
FROM problem;
