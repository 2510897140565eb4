-- Writes the statements that bring back the state of the server's own triggers: a foreign key's, or a deferrable
-- constraint's, that ALTER TABLE ... DISABLE TRIGGER ALL has turned off. pg_dump writes those that users made alone.
-- Their names hold oids, so constraint, table and function find them. ALTER TABLE would ask TimescaleDB, which refuses it on
-- a hypertable.
SELECT format(
    'UPDATE pg_trigger SET tgenabled = %L WHERE tgisinternal AND tgtype = %s AND tgrelid = %L::regclass AND tgfoid = %L::regprocedure '
    'AND (pg_identify_object(''pg_constraint''::regclass, tgconstraint, 0)).identity = %L;',
    t.tgenabled, t.tgtype, t.tgrelid::regclass, t.tgfoid::regprocedure,
    (pg_identify_object('pg_constraint'::regclass, t.tgconstraint, 0)).identity
)
FROM pg_trigger AS t
WHERE t.tgisinternal AND t.tgconstraint <> 0 AND t.tgenabled <> 'O'
ORDER BY 1;
