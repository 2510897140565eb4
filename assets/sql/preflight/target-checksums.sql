-- Data checksums, which tell a page that the volume changed from one that PostgreSQL wrote.
SELECT
    CASE current_setting('data_checksums') WHEN 'on' THEN 'pass' ELSE 'warn' END,
    format('Data checksums are %s on the target.', current_setting('data_checksums'));
