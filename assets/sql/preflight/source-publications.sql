-- A publication is restored, and nobody reads it there: its readers hang on slots of this server.
SELECT
    CASE WHEN count(*) = 0 THEN 'pass' ELSE 'warn' END,
    CASE
        WHEN count(*) = 0 THEN 'There are none.'
        ELSE format(
            'The database publishes: %s%s. The publications move, their subscribers do not.',
            array_to_string((array_agg(pubname ORDER BY pubname))[1:5], ', '), CASE WHEN count(*) > 5 THEN format(' and %s more', count(*) - 5) END
        )
    END
FROM pg_publication;
