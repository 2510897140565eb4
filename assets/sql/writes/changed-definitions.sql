-- Which definitions of the database differ from those that it was switched with: a line of JSON each, by its object. The
-- catalog's lines of then and of now, as descriptors 8 and 9.
-- Not what the tool itself changes, nor what TimescaleDB makes as time goes on (chunks, and what belongs to them).
CREATE TEMP TABLE was (object text, attribute text, value text);
CREATE TEMP TABLE is_now (object text, attribute text, value text);
\copy pg_temp.was FROM PROGRAM 'cat <&8'
\copy pg_temp.is_now FROM PROGRAM 'cat <&9'
SELECT coalesce(json_agg(object || ': ' || what ORDER BY object), '[]')
FROM (
    SELECT
        coalesce(w.object, n.object) AS object,
        CASE
            WHEN bool_and(w.object IS NULL) THEN 'is new'
            WHEN bool_and(n.object IS NULL) THEN 'is gone'
            ELSE string_agg(coalesce(w.attribute, n.attribute) || ' changed', ', ' ORDER BY coalesce(w.attribute, n.attribute))
        END AS what
    FROM was AS w
    FULL JOIN is_now AS n ON n.object = w.object AND n.attribute = w.attribute
    WHERE
        w.value IS DISTINCT FROM n.value
        AND coalesce(w.object, n.object) !~ '_timescaledb_internal|^chunk |^job |^compression settings of '
        AND NOT (
            coalesce(w.object, n.object) = 'database'
            AND coalesce(w.attribute, n.attribute) ~ '^(connection limit|setting (timescale_cutover[.]fence|default_transaction_read_only) for)'
        )
    GROUP BY 1
) AS changed;
