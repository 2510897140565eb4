-- What a drill restored, as JSON members: how far the WAL led it, relations and rows of its fingerprint, and what
-- TimescaleDB holds. relations: the file of the fingerprint, as descriptor 9; backup_stop: the recovery point where the
-- WAL held no transaction after the backup. A job that started since the server did would be a job that ran.
CREATE TEMP TABLE relation (name text, rows numeric, digest text);
\copy pg_temp.relation FROM PROGRAM 'cat <&9'
SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'timescaledb') AS has_timescaledb
\gset
\if :has_timescaledb
SELECT json_build_object(
    'hypertables', (SELECT count(*) FROM timescaledb_information.hypertables),
    'chunks', (SELECT count(*) FROM timescaledb_information.chunks),
    'compressedChunks', (SELECT count(*) FROM timescaledb_information.chunks WHERE is_compressed),
    'continuousAggregates', (SELECT count(*) FROM timescaledb_information.continuous_aggregates),
    'jobs', (SELECT count(*) FROM timescaledb_information.jobs WHERE job_id >= 1000),
    'jobsStarted', (SELECT count(*) FROM _timescaledb_internal.bgw_job_stat WHERE last_start >= pg_postmaster_start_time())
        + (SELECT count(*) FROM pg_stat_activity WHERE backend_type LIKE 'TimescaleDB%')
) AS timescaledb
\gset
\else
\set timescaledb null
\endif
SELECT substr(document, 2, length(document) - 2)
FROM CAST(json_build_object(
    'recoveryPoint', to_char(
        coalesce(pg_last_xact_replay_timestamp(), to_timestamp(:backup_stop)) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'
    ),
    'relations', (SELECT count(*) FROM relation WHERE name !~ '^large object '),
    'rows', (SELECT coalesce(sum(rows), 0) FROM relation WHERE name !~ '^large object '),
    'timescaledb', CAST(:'timescaledb' AS json)
) AS text) AS document;
