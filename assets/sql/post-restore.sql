-- Back to normal. post_restore starts the scheduler, whose jobs would change rows before they were compared: it is
-- stopped again in the same transaction.
BEGIN;
SELECT format('SELECT %I.timescaledb_post_restore()', :'schema')
\gexec
SELECT _timescaledb_functions.stop_background_workers();
COMMIT;
