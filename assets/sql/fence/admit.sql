-- Lets a database (database) take connections again that retire-source has shut. Run from another database.
SELECT format('ALTER DATABASE %I ALLOW_CONNECTIONS TRUE', datname)
FROM pg_database
WHERE datname = :'database' AND NOT datallowconn
\gexec
