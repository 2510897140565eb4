-- The target's database is made with the source's locale; glibc takes en_GB.UTF-8 and en_GB.utf8 for the same.
WITH named (locale) AS (
    SELECT unnest(ARRAY[datcollate, datctype]) FROM pg_database WHERE datname = current_database()
),

missing AS (
    SELECT string_agg(DISTINCT locale, ', ') AS locales
    FROM named
    WHERE
        replace(lower(locale), '-', '') NOT IN ('c', 'posix', 'c.utf8')
        AND NOT EXISTS (
            SELECT FROM jsonb_array_elements_text(:'target_locales'::jsonb) AS had (locale)
            WHERE replace(lower(had.locale), '-', '') = replace(lower(named.locale), '-', '')
        )
)

SELECT
    CASE WHEN m.locales IS NULL THEN 'pass' ELSE 'warn' END,
    format(
        'LC_COLLATE is %s and LC_CTYPE %s, provider %s%s', d.datcollate, d.datctype,
        CASE d.datlocprovider WHEN 'c' THEN 'libc' WHEN 'i' THEN 'ICU' WHEN 'b' THEN 'builtin' ELSE d.datlocprovider::text END,
        -- Its column was renamed in version 17.
        ' ' || coalesce(to_jsonb(d) ->> 'datlocale', to_jsonb(d) ->> 'daticulocale')
    ) || coalesce('; target.locales does not have ' || m.locales, '') || '.'
FROM pg_database AS d
CROSS JOIN missing AS m
WHERE d.datname = current_database();
