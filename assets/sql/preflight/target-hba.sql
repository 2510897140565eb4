-- Whether pg_hba.conf lets the application's role in from elsewhere over TLS. Where the application is nobody knows here:
-- an address beside the target's own stands in for it, and rules for other addresses are named.
WITH rule AS (
    SELECT r.*, coalesce((to_jsonb(r) ->> 'rule_number')::int, r.line_number) AS place
    FROM pg_hba_file_rules AS r
),

fitting AS (
    SELECT
        place, line_number, auth_method, address, netmask,
        CASE
            WHEN address IN ('all', 'samenet') THEN TRUE
            WHEN netmask IS NULL OR family(netmask::inet) <> family(:'target_address'::inet) THEN FALSE
            ELSE netmask <> '255.255.255.255' AND (address::inet & netmask::inet) = (:'target_address'::inet & netmask::inet)
        END AS is_beside
    FROM rule
    WHERE
        error IS NULL AND type IN ('host', 'hostssl')
        AND (database && ARRAY['all', :'database'] OR 'sameuser' = ANY (database) AND :'database' = :'application_role')
        AND (
            user_name && ARRAY['all', :'application_role']
            OR EXISTS (
                SELECT
                FROM unnest(user_name) AS named
                JOIN pg_roles AS r ON '+' || r.rolname = named
                JOIN pg_roles AS role ON role.rolname = :'application_role' AND pg_has_role(role.oid, r.oid, 'MEMBER')
            )
        )
        AND coalesce(address, '') NOT IN ('127.0.0.1', '::1', 'samehost')
),

decisive AS (
    SELECT * FROM fitting WHERE is_beside ORDER BY place LIMIT 1
),

elsewhere AS (
    SELECT array_agg(concat_ws(' ', address, netmask) ORDER BY place) AS addresses
    FROM fitting
    WHERE NOT is_beside AND auth_method <> 'reject'
),

md5 AS (
    SELECT name FROM json_array_elements_text(coalesce(:'source'::json -> 'md5Roles', '[]')) AS name
),

problem (verdict, finding, remedy) AS (
    SELECT 'fail', format('%s, line %s: %s.', file_name, line_number, error), 'Correct pg_hba.conf: PostgreSQL would not start with it.'
    FROM (SELECT error, line_number, to_jsonb(rule) ->> 'file_name' AS file_name FROM rule WHERE error IS NOT NULL ORDER BY place LIMIT 1) AS wrong
    UNION ALL
    SELECT 'fail', format('pg_hba.conf admits %I to %I from no other host.', :'application_role', :'database'), NULL
    WHERE NOT EXISTS (SELECT FROM decisive) AND (SELECT addresses FROM elsewhere) IS NULL
    UNION ALL
    SELECT
        'warn',
        format('pg_hba.conf admits %I to %I only from %s.', :'application_role', :'database', array_to_string(addresses[1:5], ', ')),
        'Check that the application is there, or add a line hostssl for its addresses.'
    FROM elsewhere
    WHERE NOT EXISTS (SELECT FROM decisive) AND addresses IS NOT NULL
    UNION ALL
    SELECT 'fail', format('Line %s of pg_hba.conf rejects %I from other hosts.', line_number, :'application_role'), NULL
    FROM decisive
    WHERE auth_method = 'reject'
    UNION ALL
    SELECT
        'warn', format('Line %s of pg_hba.conf has the method %s.', line_number, auth_method),
        'Write scram-sha-256 there, unless the application logs in by that method.'
    FROM decisive
    WHERE auth_method NOT IN ('scram-sha-256', 'md5', 'password', 'reject')
    UNION ALL
    SELECT
        CASE WHEN bool_or(name = :'application_role') THEN 'fail' ELSE 'warn' END,
        format('The source keeps the passwords of %s as MD5, and line %s of pg_hba.conf takes SCRAM only.', string_agg(name, ', ' ORDER BY name), min(d.line_number)),
        'Set these passwords anew on the source (password_encryption = scram-sha-256), or write md5 in that line: it takes both.'
    FROM md5
    CROSS JOIN decisive AS d
    WHERE d.auth_method = 'scram-sha-256'
    HAVING count(*) > 0
    UNION ALL
    SELECT 'warn', 'pg_hba.conf was changed since PostgreSQL read it.', 'Reload PostgreSQL on the target, or take the change back.'
    FROM pg_stat_file(current_setting('hba_file')) AS file
    WHERE file.modification > pg_conf_load_time()
)

SELECT
    coalesce(min(verdict), 'pass'),
    coalesce(
        array_to_string((array_agg(finding ORDER BY verdict, finding))[1:5], ' '),
        (SELECT format('Line %s of pg_hba.conf admits %I to %I from other hosts by %s.', line_number, :'application_role', :'database', auth_method) FROM decisive)
    ),
    (array_agg(remedy ORDER BY verdict, finding))[1]
FROM problem;
