-- What `pgbackrest info` says, a row for each repository: key, status, message, the archive of the stanza's present cluster,
-- whether that cluster is this server's, and its newest full backup: when it ended and hours since. Descriptor 9 is an object
-- of pgBackRest's answers, by key. As numeric, a system identifier keeps its 64 bits.
\set answers `cat <&9`
SELECT
  repo ->> 'key',
  repo -> 'status' ->> 'code',
  left(split_part(repo -> 'status' ->> 'message', E'\n', 1), 240),
  archive.id,
  present.system_id = (SELECT system_identifier FROM pg_control_system()),
  newest.stop,
  round((extract(epoch FROM now()) - newest.stop) / 3600, 1)
FROM jsonb_each(CAST(:'answers' AS jsonb)) AS answer (key, stanzas)
CROSS JOIN LATERAL jsonb_array_elements(stanzas) AS stanza
CROSS JOIN LATERAL jsonb_array_elements(stanza -> 'repo') AS repo
LEFT JOIN LATERAL (
  SELECT CAST(db ->> 'id' AS integer) AS id, CAST(db ->> 'system-id' AS numeric) AS system_id
  FROM jsonb_array_elements(stanza -> 'db') AS db
  WHERE db -> 'repo-key' = repo -> 'key'
  ORDER BY 1 DESC
  LIMIT 1
) AS present ON true
LEFT JOIN LATERAL (
  SELECT archived ->> 'id' AS id
  FROM jsonb_array_elements(stanza -> 'archive') AS archived
  WHERE archived -> 'database' = jsonb_build_object('id', present.id, 'repo-key', repo -> 'key')
) AS archive ON true
LEFT JOIN LATERAL (
  SELECT max(CAST(backup -> 'timestamp' ->> 'stop' AS bigint)) AS stop
  FROM jsonb_array_elements(stanza -> 'backup') AS backup
  WHERE backup ->> 'type' = 'full'
    AND backup -> 'error' IS DISTINCT FROM 'true'
    AND backup -> 'database' = jsonb_build_object('id', present.id, 'repo-key', repo -> 'key')
) AS newest ON true
ORDER BY 1;
