-- How the server's archiver fares: one row, verdict and finding. :ready_segments is what may wait at most. Statistics that
-- began anew prove nothing: whether the segment before is in the repository, source-archived-segment tells.
WITH waiting AS (
  SELECT count(*) AS segments, min(modification) AS oldest
  FROM pg_ls_archive_statusdir()
  WHERE name LIKE '%.ready'
),
figures AS (
  SELECT archiver.*, segments, oldest,
    format('%s segments wait', segments)
      || CASE WHEN segments > 0 THEN format(', the oldest since %s s', round(extract(epoch FROM now() - oldest))) ELSE '' END
      || format('; %s attempts failed since %s', failed_count, to_char(stats_reset, 'YYYY-MM-DD HH24:MI')) AS others
  FROM pg_stat_archiver AS archiver CROSS JOIN waiting
)
SELECT
  CASE
    WHEN last_archived_time IS NULL AND last_failed_time IS NULL AND segments <= :ready_segments THEN 'warn'
    WHEN last_archived_time IS NULL OR last_failed_time >= last_archived_time OR segments > :ready_segments THEN 'fail'
    WHEN oldest < now() - interval '5 minutes' THEN 'warn'
    ELSE 'pass'
  END,
  CASE
    WHEN last_failed_time >= coalesce(last_archived_time, last_failed_time)
      THEN format('Archiving fails: %s at %s; archived last: %s; %s.', last_failed_wal,
        to_char(last_failed_time, 'YYYY-MM-DD HH24:MI:SS'), coalesce(last_archived_wal, 'nothing'), others)
    WHEN last_archived_time IS NULL THEN format('No segment was archived since the statistics began, as after a crash; %s.', others)
    ELSE format('%s was archived %s s ago; %s.', last_archived_wal, round(extract(epoch FROM now() - last_archived_time)), others)
  END,
  CASE
    WHEN last_archived_time IS NULL AND last_failed_time IS NULL
      THEN 'If archiving has just been turned on: SELECT pg_switch_wal() at the source, and check again.'
  END
FROM figures;
