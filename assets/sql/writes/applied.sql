-- Prints how it went: JSON members on the first line; then each row that conflicts, as JSON, one a line.
WITH refused AS (
    SELECT s.name, count(*) AS rows, array_agg(DISTINCT v.reason) AS reasons
    FROM verdict AS v
    JOIN saved AS s USING (place)
    WHERE v.verdict = 'conflict'
    GROUP BY s.name
)

SELECT format(
    '"writesApplied":%s,"alreadyThere":%s,"conflictRows":%s,"conflicts":%s',
    count(*) FILTER (WHERE verdict IN ('insert', 'update')), count(*) FILTER (WHERE verdict = 'there'), count(*) FILTER (WHERE verdict = 'conflict'),
    (SELECT coalesce(jsonb_agg(jsonb_build_object('relation', name, 'rows', rows, 'reasons', reasons) ORDER BY name), '[]') FROM refused)
)
FROM verdict;

SELECT format(
    'SELECT json_build_object(''relation'', %L, ''reason'', v.reason, ''row'', to_jsonb(w)%s) FROM verdict AS v JOIN %I AS w ON w.ctid = v.line '
    'WHERE v.place = %s AND v.verdict = ''conflict''',
    name, CASE WHEN kind = 'large objects' THEN ' - ''data''' ELSE '' END, rows_in, place
)
FROM saved
ORDER BY place
\gexec
