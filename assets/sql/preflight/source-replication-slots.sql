-- A logical slot's place in this server's WAL means nothing on another. A physical one belongs to a standby of this server.
WITH slot AS (
    SELECT
        slot_type,
        format('%I (%s%s)', slot_name, coalesce(plugin || ', ', ''), CASE WHEN active THEN 'active' ELSE 'not active' END) AS name
    FROM pg_replication_slots
    WHERE database = current_database() OR (slot_type = 'physical' AND NOT temporary)
),

listed AS (
    SELECT
        count(*) FILTER (WHERE slot_type = 'logical') AS logical,
        count(*) FILTER (WHERE slot_type = 'physical') AS physical,
        array_to_string((array_agg(name ORDER BY name) FILTER (WHERE slot_type = 'logical'))[1:5], ', ') AS logical_names,
        array_to_string((array_agg(name ORDER BY name) FILTER (WHERE slot_type = 'physical'))[1:5], ', ') AS physical_names
    FROM slot
)

SELECT
    CASE WHEN logical > 0 THEN 'fail' WHEN physical > 0 THEN 'warn' ELSE 'pass' END,
    CASE WHEN logical + physical = 0 THEN 'There are none.' ELSE concat_ws(
        ' ',
        CASE WHEN logical > 0 THEN format('Logical slots of the database: %s%s.', logical_names, CASE WHEN logical > 5 THEN format(' and %s more', logical - 5) END) END,
        CASE WHEN physical > 0 THEN format('Physical slots: %s%s; standbys of the source do not follow to the target.', physical_names, CASE WHEN physical > 5 THEN format(' and %s more', physical - 5) END) END
    ) END,
    CASE WHEN logical = 0 AND physical > 0 THEN 'Nothing to do for the move; what reads from a standby needs the target''s address.' END
FROM listed;
