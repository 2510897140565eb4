-- The first transaction id that was not assigned yet: what is written from here on has this one or a later one.
SELECT pg_snapshot_xmax(pg_current_snapshot())::xid;
