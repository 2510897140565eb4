-- Every object of the database to :owner. Left as they are: what belongs to an extension, event triggers, publications,
-- subscriptions, foreign-data wrappers and languages (a superuser's to own), and the schema public.
-- A hypertable's owner carries over to its chunks, a continuous aggregate's to its materialization, a table's to the
-- sequences that it owns: those go first, and what has the right owner already is passed over.
SELECT set_config('cutover.owner', :'owner', FALSE)
\g /dev/null

DO $$
DECLARE
    new_owner CONSTANT name := current_setting('cutover.owner');
    command text;
    -- Not TimescaleDB's own, by which a hypertable's owner carries over to its chunks.
    event_triggers CONSTANT json := (
        SELECT json_agg(json_build_object('name', t.evtname, 'enabled', t.evtenabled))
        FROM pg_event_trigger AS t
        WHERE
            t.evtenabled <> 'D'
            AND NOT EXISTS (
                SELECT FROM pg_depend AS d
                WHERE d.classid = 'pg_event_trigger'::regclass AND d.objid = t.oid AND d.deptype = 'e'
            )
    );
    has_timescaledb CONSTANT boolean := EXISTS (SELECT FROM pg_extension WHERE extname = 'timescaledb');
BEGIN
    IF to_regrole(quote_ident(new_owner)) IS NULL THEN
        RAISE EXCEPTION 'role "%" does not exist on the target', new_owner;
    END IF;

    -- The application's event triggers do not see what this tool does.
    FOR command IN SELECT format('ALTER EVENT TRIGGER %I DISABLE', name) FROM json_to_recordset(event_triggers) AS e (name name) LOOP
        EXECUTE command;
    END LOOP;

    EXECUTE format('ALTER DATABASE %I OWNER TO %I', current_database(), new_owner);

    IF has_timescaledb THEN
        FOR command IN
            SELECT format('ALTER MATERIALIZED VIEW %I.%I OWNER TO %I', user_view_schema, user_view_name, new_owner)
            FROM _timescaledb_catalog.continuous_agg
            UNION ALL
            SELECT format('ALTER TABLE %I.%I OWNER TO %I', schema_name, table_name, new_owner)
            FROM _timescaledb_catalog.hypertable
            -- Neither one that holds another's compressed chunks nor a continuous aggregate's: those follow.
            WHERE compression_state <> 2 AND id NOT IN (SELECT mat_hypertable_id FROM _timescaledb_catalog.continuous_agg)
        LOOP
            EXECUTE command;
        END LOOP;
        UPDATE _timescaledb_config.bgw_job SET owner = to_regrole(quote_ident(new_owner))
        WHERE id >= 1000;
    END IF;

    FOR command IN
        SELECT format(o.command, (pg_identify_object(o.classid, o.objid, 0)).identity, new_owner)
        FROM (
            SELECT 'pg_namespace'::regclass AS classid, oid AS objid, nspowner AS current_owner, 'ALTER SCHEMA %s OWNER TO %I' AS command
            FROM pg_namespace
            WHERE
                oid >= 16384 AND nspname !~ '^pg_'
                -- One that an extension made for itself has the extension's privileges.
                AND oid NOT IN (SELECT objoid FROM pg_init_privs WHERE classoid = 'pg_namespace'::regclass)
            UNION ALL
            SELECT 'pg_class'::regclass, c.oid, c.relowner,
                CASE c.relkind
                    WHEN 'v' THEN 'ALTER VIEW %s OWNER TO %I'
                    WHEN 'm' THEN 'ALTER MATERIALIZED VIEW %s OWNER TO %I'
                    WHEN 'S' THEN 'ALTER SEQUENCE %s OWNER TO %I'
                    WHEN 'f' THEN 'ALTER FOREIGN TABLE %s OWNER TO %I'
                    ELSE 'ALTER TABLE %s OWNER TO %I'
                END
            FROM pg_class AS c
            WHERE
                c.oid >= 16384 AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND c.relpersistence <> 't'
                -- A sequence that a column owns goes with its table.
                AND NOT EXISTS (
                    SELECT FROM pg_depend AS d
                    WHERE c.relkind = 'S' AND d.classid = 'pg_class'::regclass AND d.objid = c.oid
                        AND d.deptype IN ('a', 'i') AND d.refobjsubid > 0
                )
            UNION ALL
            -- ROUTINE names aggregates and procedures too.
            SELECT 'pg_proc'::regclass, p.oid, p.proowner, 'ALTER ROUTINE %s OWNER TO %I'
            FROM pg_proc AS p
            WHERE
                p.oid >= 16384
                -- The constructors of a range type go with the type.
                AND NOT EXISTS (
                    SELECT FROM pg_depend AS d
                    WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'i'
                )
            UNION ALL
            SELECT 'pg_type'::regclass, t.oid, t.typowner,
                CASE t.typtype WHEN 'd' THEN 'ALTER DOMAIN %s OWNER TO %I' ELSE 'ALTER TYPE %s OWNER TO %I' END
            FROM pg_type AS t
            LEFT JOIN pg_class AS c ON c.oid = t.typrelid
            WHERE t.oid >= 16384 AND t.typcategory <> 'A' AND t.typtype <> 'm' AND coalesce(c.relkind, 'c') = 'c'
            UNION ALL
            SELECT 'pg_operator'::regclass, oid, oprowner, 'ALTER OPERATOR %s OWNER TO %I' FROM pg_operator WHERE oid >= 16384
            UNION ALL
            SELECT 'pg_collation'::regclass, oid, collowner, 'ALTER COLLATION %s OWNER TO %I' FROM pg_collation WHERE oid >= 16384
            UNION ALL
            SELECT 'pg_conversion'::regclass, oid, conowner, 'ALTER CONVERSION %s OWNER TO %I' FROM pg_conversion WHERE oid >= 16384
            UNION ALL
            SELECT 'pg_ts_config'::regclass, oid, cfgowner, 'ALTER TEXT SEARCH CONFIGURATION %s OWNER TO %I' FROM pg_ts_config WHERE oid >= 16384
            UNION ALL
            SELECT 'pg_ts_dict'::regclass, oid, dictowner, 'ALTER TEXT SEARCH DICTIONARY %s OWNER TO %I' FROM pg_ts_dict WHERE oid >= 16384
            UNION ALL
            SELECT 'pg_statistic_ext'::regclass, oid, stxowner, 'ALTER STATISTICS %s OWNER TO %I' FROM pg_statistic_ext WHERE oid >= 16384
            UNION ALL
            SELECT 'pg_foreign_server'::regclass, oid, srvowner, 'ALTER SERVER %s OWNER TO %I' FROM pg_foreign_server WHERE oid >= 16384
            UNION ALL
            SELECT 'pg_largeobject'::regclass, oid, lomowner, 'ALTER LARGE OBJECT %s OWNER TO %I' FROM pg_largeobject_metadata
        ) AS o
        WHERE
            o.current_owner <> to_regrole(quote_ident(new_owner))
            AND NOT EXISTS (
                SELECT FROM pg_depend AS d
                WHERE d.classid = o.classid AND d.objid = o.objid AND d.deptype = 'e'
            )
        UNION ALL
        -- pg_identify_object() leaves an access method's name unquoted.
        SELECT format('ALTER OPERATOR %s %I.%I USING %I OWNER TO %I', o.kind, n.nspname, o.name, a.amname, new_owner)
        FROM (
            SELECT 'CLASS' AS kind, 'pg_opclass'::regclass AS classid, oid, opcnamespace AS namespace, opcname AS name, opcmethod AS method FROM pg_opclass
            UNION ALL
            SELECT 'FAMILY', 'pg_opfamily'::regclass, oid, opfnamespace, opfname, opfmethod FROM pg_opfamily
        ) AS o
        JOIN pg_namespace AS n ON n.oid = o.namespace
        JOIN pg_am AS a ON a.oid = o.method
        WHERE
            o.oid >= 16384
            AND NOT EXISTS (
                SELECT FROM pg_depend AS d
                WHERE d.classid = o.classid AND d.objid = o.oid AND d.deptype = 'e'
            )
    LOOP
        EXECUTE command;
    END LOOP;

    -- Before version 17 ALTER TYPE ... OWNER leaves a range's multirange, and the array of that, as they are (undumped/multirange-owners.sql).
    IF current_setting('server_version_num')::int < 170000 THEN
        WITH moved AS (
            UPDATE pg_type AS m SET typowner = r.typowner
            FROM pg_range AS g
            JOIN pg_type AS r ON r.oid = g.rngtypid
            JOIN pg_type AS multirange ON multirange.oid = g.rngmultitypid
            WHERE m.oid IN (multirange.oid, multirange.typarray) AND r.oid >= 16384 AND m.typowner <> r.typowner
            RETURNING m.oid, m.typtype
        ),
        other AS (
            DELETE FROM pg_shdepend AS s USING moved
            WHERE s.classid = 'pg_type'::regclass AND s.objid = moved.oid AND s.deptype = 'o'
                AND s.dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
        )
        INSERT INTO pg_shdepend
        SELECT d.oid, 'pg_type'::regclass, moved.oid, 0, 'pg_authid'::regclass, to_regrole(quote_ident(new_owner)), 'o'
        FROM moved
        CROSS JOIN pg_database AS d
        WHERE moved.typtype = 'm' AND d.datname = current_database();
    END IF;

    FOR command IN
        SELECT format('ALTER EVENT TRIGGER %I ENABLE %s', name, CASE enabled WHEN 'A' THEN 'ALWAYS' WHEN 'R' THEN 'REPLICA' ELSE '' END)
        FROM json_to_recordset(event_triggers) AS e (name name, enabled "char")
    LOOP
        EXECUTE command;
    END LOOP;
END
$$;
