-- TimescaleDB at the source's version and in the source's schema, with its workers and its event handling off.
SELECT format('CREATE EXTENSION timescaledb WITH SCHEMA %I VERSION %L', :'schema', :'version')
\gexec
SELECT format('SELECT %I.timescaledb_pre_restore()', :'schema')
\gexec
