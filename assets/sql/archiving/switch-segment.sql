-- Ends the present segment and gives its name. The restore point makes sure that there is something in it, and names the
-- moment for a recovery: --type=name.
SELECT pg_create_restore_point(format('timescale-cutover %s', :'run')) IS NULL AS nothing
\gset
SELECT pg_walfile_name(pg_switch_wal());
