/**
 * Columns of the catalog that no fingerprint query names, and why none has to: by catalog, `*` for all of it. A new version's
 * column that stands nowhere fails the test.
 */
export const unread: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  pg_aggregate: { "*": "read whole, as fields" },
  pg_amop: {
    "amoplefttype amoprighttype": "the operator's own",
    amopmethod: "the family's own",
  },
  pg_attribute: {
    "attlen attbyval attalign": "the type's own",
    attcacheoff: "in memory alone",
    attndims: "PostgreSQL looks at it nowhere",
    atthasdef: "the default itself is read",
    "attislocal attinhcount": "a dump attaches partitions and children; who inherits from whom is read",
  },
  pg_cast: { "castsource casttarget": "the object's identity" },
  pg_class: {
    relname: "the object's identity",
    "reltype relfilenode relrewrite": "numbers of this server's",
    reltablespace: "the target is one volume; preflight names what lies elsewhere",
    "relpages reltuples relallvisible": "ANALYZE gathers them anew",
    "relhasindex relnatts relchecks relhasrules relhastriggers relhassubclass relispartition":
      "follow from what is read",
    relisshared: "only the server's own",
    "relfrozenxid relminmxid": "transaction ids are a server's own",
  },
  pg_collation: {
    collname: "the object's identity",
    collversion: "the operating system's; preflight compares it",
  },
  pg_constraint: {
    "conname connamespace": "the object's identity",
    "condeferrable condeferred convalidated confrelid confupdtype confdeltype confmatchtype connoinherit":
      "in the definition",
    "conkey confkey conpfeqop conppeqop conffeqop confdelsetcols conexclop conbin conindid":
      "in the definition",
    coninhcount: "who inherits from whom is read",
  },
  pg_conversion: { "conname connamespace": "the object's identity" },
  pg_database: {
    datallowconn: "a dump's database is open; the fence's own",
    "datfrozenxid datminmxid": "transaction ids are a server's own",
    dattablespace: "the target is one volume; preflight names it",
    datcollversion: "the operating system's; preflight compares it",
  },
  pg_extension: { extrelocatable: "the version's own" },
  pg_index: {
    "indnatts indnkeyatts indisunique indnullsnotdistinct indisprimary indisexclusion indimmediate":
      "in the definition",
    "indkey indcollation indclass indoption indexprs indpred": "in the definition",
    "indcheckxmin indisready indislive": "states of an index that is being made; an invalid one is left out",
  },
  pg_inherits: { inhdetachpending: "a DETACH … CONCURRENTLY under way" },
  pg_init_privs: { privtype: "the extension's own" },
  pg_language: { lanispl: "false for C and SQL alone" },
  pg_largeobject: { "loid pageno": "lo_get() reads it" },
  pg_opclass: { "opcmethod opcnamespace": "the object's identity" },
  pg_operator: {
    "oprname oprnamespace oprkind oprleft oprright": "the object's identity",
    oprresult: "its function's own",
  },
  pg_opfamily: { "opfmethod opfname opfnamespace": "the object's identity" },
  pg_partitioned_table: { "*": "pg_get_partkeydef() reads it; the default partition says so in its bound" },
  pg_policy: { polname: "the object's identity" },
  pg_proc: {
    proname: "the object's identity",
    "prolang provariadic prosupport proretset": "in the definition",
    "pronargs pronargdefaults prorettype proargtypes proallargtypes proargmodes proargnames proargdefaults":
      "in the definition",
    "protrftypes prosqlbody": "in the definition",
  },
  pg_replication_origin: { "*": "of subscriptions on this server" },
  pg_rewrite: { "ev_type is_instead ev_qual ev_action": "in the definition" },
  pg_shdepend: { "*": "follows from owners, privileges and policies; needed-roles.sql reads it" },
  pg_shseclabel: { "*": "of a database or a role: a dump carries the database's; roles' are left behind" },
  pg_statistic: { "*": "ANALYZE gathers it anew" },
  pg_statistic_ext: {
    "stxname stxnamespace": "the object's identity",
    "stxkeys stxkind stxexprs": "in the definition",
  },
  pg_statistic_ext_data: { "*": "ANALYZE gathers it anew" },
  pg_subscription: { "*": "read whole, as fields, but for what changes by itself" },
  pg_subscription_rel: { "*": "a restored subscription is disabled and begins anew" },
  pg_tablespace: { "*": "the target is one volume; preflight names what lies elsewhere" },
  pg_transform: { "trftype trflang": "the object's identity" },
  pg_trigger: {
    tgname: "the object's identity",
    "tgconstrrelid tgconstrindid tgdeferrable tginitdeferred tgnargs tgattr tgargs tgqual tgoldtable tgnewtable":
      "in the definition",
  },
  pg_ts_config: { "cfgname cfgnamespace": "the object's identity" },
  pg_ts_dict: { "dictname dictnamespace": "the object's identity" },
  pg_ts_parser: { "prsname prsnamespace": "the object's identity" },
  pg_ts_template: { "tmplname tmplnamespace": "the object's identity" },
  pg_type: {
    typname: "the object's identity",
    "typlen typbyval typispreferred typisdefined typdelim typsubscript typelem typarray typalign typstorage":
      "a base type is C, which a superuser made; of others they follow from the kind",
    "typinput typoutput typreceive typsend typmodin typmodout typanalyze": "the same",
    typndims: "of a domain over an array, in its base type",
    typdefaultbin: "typdefault is its text",
  },
  pg_user_mapping: { "*": "read by way of pg_user_mappings" },
};
