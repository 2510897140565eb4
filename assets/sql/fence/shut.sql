-- Lets a database (database) take no connection at all, not even a superuser's. Run from another database.
SELECT format('ALTER DATABASE %I ALLOW_CONNECTIONS FALSE', :'database')
\gexec
