-- What the server knows of itself, one metric a line: name, CloudWatch's unit, value.
--
-- ReadySegments: what PostgreSQL has marked for the archiver in pg_wal/archive_status.
-- ArchiveSilentSeconds: for how long a marked segment has waited without the archiver finishing any. Not simply the time
-- since the last segment: an idle server switches none, whatever archive_timeout says, and is right to be silent; nor the
-- age of the oldest mark alone: a long queue that moves is ReadySegments' matter. An archiver starts with the server, so
-- its silence cannot be older, and a server in recovery has none.
-- ConnectionsPercent: of the sessions that others than superusers may have, in the server and in each database that has a
-- limit of its own; the fullest counts. Background workers have places of their own, and this session is not a user's.
WITH ready AS (
  SELECT count(*) AS segments, min(modification) AS oldest FROM pg_ls_archive_statusdir() WHERE name LIKE '%.ready'
),
session AS (
  SELECT datid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()
),
fullness (used, room) AS (
  SELECT count(*), current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
    -- PostgreSQL 16 and later
    - coalesce(current_setting('reserved_connections', true)::int, 0)
  FROM session
  UNION ALL
  SELECT count(*), datconnlimit FROM session JOIN pg_database ON oid = datid WHERE datconnlimit > 0 GROUP BY oid
)
SELECT metric.*
FROM ready, pg_stat_archiver, (SELECT current_setting('archive_mode') <> 'off') AS mode (archiving), LATERAL (VALUES
  ('ArchivingOn', 'None', archiving::int),
  ('ArchiveFailing', 'None', (archiving AND coalesce(last_failed_time > coalesce(last_archived_time, '-infinity'), false))::int),
  ('ReadySegments', 'Count', segments),
  ('ArchiveSilentSeconds', 'Seconds', CASE WHEN archiving AND segments > 0 AND NOT pg_is_in_recovery() THEN greatest(0, round(
    extract(epoch FROM clock_timestamp() - greatest(oldest, last_archived_time, pg_postmaster_start_time())))) ELSE 0 END),
  ('ConnectionsPercent', 'Percent', (SELECT least(100, round(max(100.0 * used / greatest(room, 1)), 1)) FROM fullness))
) AS metric (name, unit, value);
