-- Schemas, text search, foreign data, event triggers, publications, subscriptions, access methods, transforms.
-- Options of servers and user mappings, and a subscription's connection, may hold secrets: only their digest leaves.
SELECT format('schema %I', n.nspname), 'exists', 'true'
FROM pg_namespace AS n
WHERE
    n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    AND NOT EXISTS (
        SELECT FROM pg_depend AS d
        WHERE d.classid = 'pg_namespace'::regclass AND d.objid = n.oid AND d.deptype = 'e'
    )

UNION ALL
-- The server's own too: somebody may have changed the mapping of one, or the words that a dictionary stops at.
SELECT
    'text search configuration ' || c.oid::regconfig::text, 'definition',
    format('parser %s; %s', (pg_identify_object('pg_ts_parser'::regclass, c.cfgparser, 0)).identity, (
        SELECT string_agg(format('%s %s %s', m.maptokentype, m.mapseqno, m.mapdict::regdictionary), ', ' ORDER BY m.maptokentype, m.mapseqno)
        FROM pg_ts_config_map AS m
        WHERE m.mapcfg = c.oid
    ))
FROM pg_ts_config AS c

UNION ALL
SELECT
    'text search dictionary ' || c.oid::regdictionary::text, 'definition',
    format('template %s; %s', (pg_identify_object('pg_ts_template'::regclass, c.dicttemplate, 0)).identity, c.dictinitoption)
FROM pg_ts_dict AS c

UNION ALL
SELECT
    'text search parser ' || (pg_identify_object('pg_ts_parser'::regclass, p.oid, 0)).identity, 'definition',
    format('start %s, token %s, end %s, headline %s, types %s', p.prsstart, p.prstoken, p.prsend, p.prsheadline, p.prslextype)
FROM pg_ts_parser AS p
WHERE p.oid >= 16384

UNION ALL
SELECT
    'text search template ' || (pg_identify_object('pg_ts_template'::regclass, t.oid, 0)).identity, 'definition',
    format('init %s, lexize %s', t.tmplinit, t.tmpllexize)
FROM pg_ts_template AS t
WHERE t.oid >= 16384

UNION ALL
SELECT
    format('foreign-data wrapper %I', w.fdwname), 'definition',
    format('handler %s, validator %s, options %s', nullif(w.fdwhandler, 0)::regproc, nullif(w.fdwvalidator, 0)::regproc,
        encode(sha256(convert_to(:'salt' || ARRAY(SELECT unnest(w.fdwoptions) ORDER BY 1)::text, 'UTF8')), 'hex'))
FROM pg_foreign_data_wrapper AS w

UNION ALL
SELECT
    format('server %I', s.srvname), 'definition',
    format('wrapper %I, type %s, version %s, options digest %s', w.fdwname, s.srvtype, s.srvversion,
        encode(sha256(convert_to(:'salt' || ARRAY(SELECT unnest(s.srvoptions) ORDER BY 1)::text, 'UTF8')), 'hex'))
FROM pg_foreign_server AS s
JOIN pg_foreign_data_wrapper AS w ON w.oid = s.srvfdw

UNION ALL
SELECT
    format('user mapping of %s on %I', coalesce(m.usename, 'PUBLIC'), m.srvname), 'options digest',
    encode(sha256(convert_to(:'salt' || ARRAY(SELECT unnest(m.umoptions) ORDER BY 1)::text, 'UTF8')), 'hex')
FROM pg_user_mappings AS m

UNION ALL
SELECT
    format('event trigger %I', t.evtname), 'definition',
    format('on %s, function %s, enabled %s, tags %s', t.evtevent, t.evtfoid::regprocedure, t.evtenabled, t.evttags)
FROM pg_event_trigger AS t
WHERE NOT EXISTS (
    SELECT FROM pg_depend AS d
    WHERE d.classid = 'pg_event_trigger'::regclass AND d.objid = t.oid AND d.deptype = 'e'
)

UNION ALL
SELECT
    format('publication %I', p.pubname), 'definition',
    format('all tables %s, insert %s, update %s, delete %s, truncate %s, via root %s',
        p.puballtables, p.pubinsert, p.pubupdate, p.pubdelete, p.pubtruncate, p.pubviaroot)
FROM pg_publication AS p

UNION ALL
-- prattrs holds attribute numbers, which a dump closes up: name the columns.
SELECT
    format('publication %I', p.pubname), format('table %s', r.prrelid::regclass),
    format('columns %s, where %s', coalesce((
        SELECT string_agg(a.attname, ', ' ORDER BY a.attname)
        FROM pg_attribute AS a
        WHERE a.attrelid = r.prrelid AND a.attnum = ANY (r.prattrs)
    ), '(all)'), pg_get_expr(r.prqual, r.prrelid))
FROM pg_publication_rel AS r
JOIN pg_publication AS p ON p.oid = r.prpubid

UNION ALL
SELECT format('publication %I', p.pubname), format('schema %s', s.pnnspid::regnamespace), 'published'
FROM pg_publication_namespace AS s
JOIN pg_publication AS p ON p.oid = s.pnpubid

UNION ALL
SELECT
    'transform ' || (pg_identify_object('pg_transform'::regclass, t.oid, 0)).identity, 'definition',
    format('from SQL %s, to SQL %s', t.trffromsql, t.trftosql)
FROM pg_transform AS t
WHERE t.oid >= 16384

UNION ALL
SELECT format('access method %I', a.amname), 'definition', format('type %s, handler %s', a.amtype, a.amhandler)
FROM pg_am AS a
WHERE a.oid >= 16384

UNION ALL
SELECT
    'security label ' || (pg_identify_object(l.classoid, l.objoid, l.objsubid)).identity, l.provider, l.label
FROM pg_seclabel AS l;
