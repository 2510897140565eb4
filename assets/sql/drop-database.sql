-- A template, or a database that admits nobody, cannot be dropped as it is.
SELECT format('ALTER DATABASE %I IS_TEMPLATE FALSE', :'database')
\gexec
SELECT format('DROP DATABASE %I WITH (FORCE)', :'database')
\gexec
