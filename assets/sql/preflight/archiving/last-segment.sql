-- The segment that must be in the repository by now, and how that is known: one row, or none where none is known. A crash
-- resets the statistics; then it is the segment before the one that is written.
SELECT left(last_archived_wal, 24), 'counts as archived'
FROM pg_stat_archiver
WHERE last_archived_wal ~ '^[0-9A-F]{24}'
UNION ALL
SELECT pg_walfile_name(pg_current_wal_lsn() - size.bytes), 'is before the one that is written, and PostgreSQL''s statistics began anew since'
FROM pg_stat_archiver
CROSS JOIN (SELECT pg_size_bytes(current_setting('wal_segment_size')) AS bytes) AS size
WHERE last_archived_wal IS NULL AND pg_current_wal_lsn() > CAST('0/0' AS pg_lsn) + 2 * size.bytes;
