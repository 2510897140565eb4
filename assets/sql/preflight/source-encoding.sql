-- In SQL_ASCII the server has looked at no text, and nobody can say what it means.
SELECT
    CASE pg_encoding_to_char(encoding) WHEN 'SQL_ASCII' THEN 'warn' ELSE 'pass' END,
    format('The encoding is %s%s.', pg_encoding_to_char(encoding), CASE pg_encoding_to_char(encoding)
        WHEN 'SQL_ASCII' THEN ': bytes of any encoding may stand side by side, and are moved as they are'
    END)
FROM pg_database
WHERE datname = current_database();
