-- How far the WAL led a recovery, as JSON members; backup_stop: the recovery point where the WAL held no transaction after
-- the backup.
SELECT substr(document, 2, length(document) - 2)
FROM CAST(json_build_object(
    'recoveryPoint', to_char(
        coalesce(pg_last_xact_replay_timestamp(), to_timestamp(:backup_stop)) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'
    ),
    'timeline', ('x' || substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8))::bit(32)::integer,
    'databaseBytes', (SELECT pg_database_size(oid) FROM pg_database WHERE datname = :'database')
) AS text) AS document;
