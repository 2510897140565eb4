-- What PostgreSQL thinks of its archiving, as one JSON object. After a drop it thinks that all is well.
WITH ready AS (
  SELECT count(*) AS segments, min(modification) AS oldest
  FROM pg_ls_archive_statusdir()
  WHERE name ~ '^[0-9A-F]{24}\.ready$'
)
SELECT json_build_object(
  'mode', current_setting('archive_mode'),
  'inRecovery', pg_is_in_recovery(),
  -- Text, for a number of 64 bits is more than JSON's readers take.
  'systemIdentifier', (SELECT system_identifier::text FROM pg_control_system()),
  'segmentBytes', (SELECT setting::bigint FROM pg_settings WHERE name = 'wal_segment_size'),
  'lastArchivedWal', last_archived_wal,
  'lastArchivedAt', extract(epoch FROM last_archived_time)::bigint,
  'lastFailedWal', last_failed_wal,
  'lastFailedAt', extract(epoch FROM last_failed_time)::bigint,
  'failedCount', failed_count,
  'failing', coalesce(last_failed_time > coalesce(last_archived_time, '-infinity'), false),
  'readySegments', segments,
  'oldestReadyAt', extract(epoch FROM oldest)::bigint
)
FROM pg_stat_archiver, ready;
