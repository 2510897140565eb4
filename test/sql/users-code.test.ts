import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { rowDigests } from "./fingerprint-of";
import { Postgresql16 } from "./postgresql-16";

/* What users have made of their database, where the tool's own SQL meets it. */

let server: Postgresql16;

beforeAll(() => {
  server = Postgresql16.start();
  server.psql("postgres", [
    "CREATE ROLE reader; CREATE DATABASE objects;",
    "\\connect objects",
    "CREATE TABLE public.seen (x int); GRANT SELECT ON public.seen TO reader;",
  ]);
});

afterAll(() => server.stop());

describe("on PostgreSQL 16.10", () => {
  test("no text of a user's becomes a statement: settings, names and comments are literals and identifiers", () => {
    const hostile = `x'; ALTER ROLE reader SUPERUSER; --`;
    server.psql("objects", [
      "SELECT set_config('search_path', 'public;ALTER/**/ROLE/**/reader/**/SUPERUSER;--', false);",
      "ALTER ROLE reader SET search_path FROM CURRENT;",
      `ALTER ROLE reader SET application_name = '${hostile.replaceAll("'", "''")}';`,
      "ALTER ROLE reader SET temp_tablespaces = 'one', 'Two;ALTER ROLE reader SUPERUSER';",
      `COMMENT ON ROLE reader IS '${hostile.replaceAll("'", "''")}';`,
    ]);
    const read = () =>
      server.psql("objects", [{ file: "needed-roles.sql" }, { file: "role-statements.sql" }], {
        extra_roles: "[]",
        omitted_roles: "[]",
      });
    const settings =
      "SELECT entry FROM pg_db_role_setting, unnest(setconfig) AS entry WHERE setrole = 'reader'::regrole ORDER BY 1";
    const [statements, before] = [read(), server.psql("postgres", [settings])];
    server.psql("postgres", ["ALTER ROLE reader RESET ALL;", "BEGIN;", statements, "COMMIT;"]);
    expect(server.psql("postgres", ["SELECT rolsuper FROM pg_roles WHERE rolname = 'reader'"]).trim()).toBe(
      "f",
    );
    expect(server.psql("postgres", [settings])).toBe(before);
    server.psql("postgres", ["ALTER ROLE reader RESET ALL; COMMENT ON ROLE reader IS NULL;"]);
  });

  test("a row digest is the rows', and runs nothing of what a user has made of them", () => {
    const digest = () =>
      rowDigests(server, "forged")
        .split("\n")
        .find((line) => line.startsWith("public.pt\t"));
    server.psql("postgres", [
      "CREATE DATABASE forged;",
      "\\connect forged",
      'CREATE TABLE public.pt (x int, v text, r text, "cutover row" text);',
      "INSERT INTO public.pt VALUES (1, 'right', 'r', 'always the same');",
    ]);
    const before = digest();
    expect(before).toMatch(/^public.pt\t1\t\d+$/);
    server.psql("forged", [
      ...bait,
      "GRANT CREATE ON SCHEMA public TO reader; ALTER TABLE public.pt OWNER TO reader; SET ROLE reader;",
      "CREATE FUNCTION public.as_text(public.pt) RETURNS text LANGUAGE sql AS $$ SELECT 'always the same' $$;",
      "CREATE CAST (public.pt AS text) WITH FUNCTION public.as_text(public.pt);",
      "CREATE FUNCTION public.hashtextextended(text, bigint) RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint';",
      "CREATE INDEX ON public.pt ((public.try('index')));",
      "CREATE INDEX ON public.pt (x) WHERE public.try('predicate');",
      "CREATE STATISTICS public.tried ON (public.try('statistics')), x FROM public.pt;",
      "RESET ROLE; ALTER DATABASE forged SET search_path = public;",
    ]);
    traces();
    expect(digest()).toBe(before);
    expect(traces()).toEqual([]);
    // The bait is one: whoever plans a query bites.
    server.psql("forged", ["SELECT count(*) FROM public.pt;"]);
    expect(traces()).toEqual(["index", "predicate", "statistics"]);
    server.psql("forged", ["UPDATE public.pt SET v = 'wrong';"]);
    expect(digest()).not.toBe(before);
  });

  test("reading a definition back is no call of what is in it", () => {
    server.psql("postgres", ["CREATE DATABASE defined;", "\\connect defined", ...bait]);
    server.psql("defined", [
      "CREATE VIEW public.of_view AS SELECT public.try('view') AS v WHERE public.try('where');",
      "CREATE MATERIALIZED VIEW public.of_matview AS SELECT public.try('matview') AS v WITH NO DATA;",
      "CREATE TABLE public.defined (x text DEFAULT public.try('default'), y boolean GENERATED ALWAYS AS (public.try('generated')) STORED,",
      "  CHECK (public.try('check')), EXCLUDE USING btree ((public.try('index')) WITH =) WHERE (public.try('predicate')));",
      "CREATE POLICY of_policy ON public.defined USING (public.try('policy')) WITH CHECK (public.try('with check'));",
      "ALTER TABLE public.defined ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;",
    ]);
    traces();
    const read = () => server.psql("defined", [{ file: "preflight/source-definitions.sql" }]);
    expect(read()).toMatch(/^pass\|/);
    expect(traces()).toEqual([]);
    // A literal of an array of a domain is read by the domain's check.
    server.psql("defined", [
      "CREATE DOMAIN public.checked AS int CHECK (public.try('domain'));",
      "CREATE VIEW public.of_domain AS SELECT '{1}'::public.checked[] AS v;",
    ]);
    traces();
    expect(read()).toMatch(/^warn\|Views and stored expressions were not read back/);
    expect(traces()).toEqual([]);
    server.psql("defined", ["DROP VIEW public.of_domain; DROP DOMAIN public.checked;"]);
    // A literal of such a range would be read by its function.
    server.psql("defined", [
      "CREATE TYPE public.odd;",
      "CREATE FUNCTION public.canonical(public.odd) RETURNS public.odd LANGUAGE internal IMMUTABLE AS 'int4range_canonical';",
      "CREATE TYPE public.odd AS RANGE (subtype = int, canonical = public.canonical);",
    ]);
    expect(read()).toMatch(/^warn\|Views and stored expressions were not read back/);
  });

  test("names of TimescaleDB's are a user's own where it is not installed: nothing reads or calls them", () => {
    const schemas: Record<string, readonly string[]> = {
      _timescaledb_catalog: ["hypertable", "chunk", "dimension", "tablespace", "continuous_agg", "metadata"],
      _timescaledb_config: ["bgw_job"],
      _timescaledb_internal: ["bgw_job_stat"],
      timescaledb_information: ["jobs", "job_stats", "chunks", "hypertables"],
    };
    const view = (name: string) => `CREATE VIEW ${name} AS SELECT public.bite() AS id`;
    server.psql("postgres", [
      "CREATE DATABASE baited;",
      "\\connect baited",
      "CREATE FUNCTION public.bite() RETURNS int LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''bitten''; END';",
      ...Object.keys(schemas).map((schema) => `CREATE SCHEMA ${schema};`),
      ...Object.entries(schemas).flatMap(([schema, names]) =>
        names.map((name) => `${view(`${schema}.${name}`)};`),
      ),
      "CREATE SCHEMA _timescaledb_functions;",
      ...["start", "stop"].map(
        (what) =>
          `CREATE FUNCTION _timescaledb_functions.${what}_background_workers() RETURNS int LANGUAGE sql AS 'SELECT public.bite()';`,
      ),
    ]);
    // Steps ask for the extension before they run these; restored.sql and apply.sql want more than a session: the one has the
    // same question in it, and the other goes by the hypertables that leaves.sql found. standing.sql only writes what a person
    // would run.
    const asked = [
      "fence/schedule-jobs.sql",
      "fence/standing.sql",
      "fingerprint/timescaledb.sql",
      "job-states.sql",
      "partitioned-tables.sql",
      "post-restore.sql",
      "restore-drill/restored.sql",
      "writes/apply.sql",
    ];
    const sql = join(__dirname, "../../assets/sql");
    const naming = (readdirSync(sql, { recursive: true }) as string[]).filter(
      (file) =>
        file.endsWith(".sql") &&
        !asked.includes(file) &&
        /(?:FROM|JOIN|SELECT) (?:_timescaledb_|timescaledb_information)/.test(
          readFileSync(join(sql, file), "utf8"),
        ),
    );
    expect(naming.length).toBeGreaterThan(15);
    const variables = {
      ...{ extra_roles: "[]", omitted_roles: "[]", run_jobs: "", owner: "postgres" },
      salt: "",
    };
    const more = { application_role: "reader", run: "r", application: "x" };
    for (const file of naming) {
      const before = file === "inspect-source.sql" ? [{ file: "needed-roles.sql" }] : [];
      const said = () => server.psql("baited", [...before, { file }], { ...variables, ...more });
      expect(said).not.toThrow();
    }
    // The bait bites.
    expect(() => server.psql("baited", ["SELECT * FROM _timescaledb_catalog.tablespace"])).toThrow("bitten");
  });

  test("the tables are known at which a superuser's statement would run code of somebody who is none", () => {
    server.psql("postgres", [
      "CREATE DATABASE reached;",
      "\\connect reached",
      ...bait,
      "GRANT CREATE ON SCHEMA public TO reader; SET ROLE reader; SET search_path = public;",
      ...owned,
      "RESET ROLE; CREATE FUNCTION of_postgres(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1';",
      "CREATE TABLE its_own (x int); CREATE INDEX ON its_own (of_postgres(x));",
    ]);
    const known = server.psql("reached", [
      { file: "users-code.sql" },
      "SELECT relation::regclass FROM unnest(:'users_code'::oid[]) AS relation ORDER BY relation::regclass::text;",
    ]);
    expect(known.trim().split("\n")).toEqual(
      [
        ...[
          "always_rule",
          "always_trigger",
          "checked",
          "compared",
          "generated",
          "indexed",
          "leaf_of_tried",
          "of_a_domain",
        ],
        ...["parted_by_tried", "predicated", "reads_sql", "row_compared", "statistics_on"],
      ].map((name) => `public.${name}`),
    );
  });
});

/** What only a superuser may do, and leaves a trace of the place where it was done. */
const bait = [
  `CREATE FUNCTION public.really(place text) RETURNS boolean LANGUAGE plpgsql AS $$
   BEGIN
     EXECUTE format('COPY (SELECT 1) TO PROGRAM %L', 'touch "$PWD/trace-' || place || '"');
     RETURN TRUE;
   EXCEPTION WHEN OTHERS THEN RETURN TRUE;
   END $$;`,
  // A planner evaluates what says that it never changes; what that calls may do all the same.
  "CREATE FUNCTION public.try(place text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN public.really(place); END';",
  "ALTER FUNCTION public.really(text) OWNER TO reader; ALTER FUNCTION public.try(text) OWNER TO reader;",
];

const owned = [
  "CREATE TABLE plain (id int PRIMARY KEY, t text CHECK (length(t) < 10), at timestamptz DEFAULT now());",
  "CREATE TABLE indexed (id int); CREATE INDEX ON indexed ((try('')));",
  "CREATE TABLE predicated (id int); CREATE INDEX ON predicated (id) WHERE try('');",
  "CREATE TABLE statistics_on (id int, y int); CREATE STATISTICS s ON (try('')), y FROM statistics_on;",
  "CREATE TABLE checked (id int CHECK (try('')));",
  "CREATE TABLE reads_sql (id int CHECK (query_to_xml('SELECT 1', FALSE, FALSE, '') IS NOT NULL));",
  "CREATE DOMAIN small AS int CHECK (VALUE < 9); CREATE TABLE of_a_plain_domain (id small);",
  "CREATE DOMAIN tried AS int CHECK (try('')); CREATE TABLE of_a_domain (ids tried[]);",
  "CREATE TABLE generated (id int, g boolean GENERATED ALWAYS AS (try('')) STORED);",
  "CREATE FUNCTION noted() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';",
  "CREATE TABLE usual_trigger (id int); CREATE TRIGGER t BEFORE INSERT ON usual_trigger FOR EACH ROW EXECUTE FUNCTION noted();",
  "CREATE TABLE always_trigger (id int); CREATE TRIGGER t BEFORE INSERT ON always_trigger FOR EACH ROW EXECUTE FUNCTION noted();",
  "ALTER TABLE always_trigger ENABLE ALWAYS TRIGGER t;",
  "CREATE TABLE always_rule (id int); CREATE RULE r AS ON INSERT TO always_rule DO ALSO SELECT 1; ALTER TABLE always_rule ENABLE ALWAYS RULE r;",
  "CREATE TYPE boxed AS (t text); CREATE FUNCTION unboxed(boxed) RETURNS text LANGUAGE sql AS 'SELECT $1.t';",
  "CREATE CAST (boxed AS text) WITH FUNCTION unboxed(boxed) AS IMPLICIT; CREATE TABLE compared (k boxed);",
  "CREATE TABLE parted (x int) PARTITION BY LIST ((x + 1)); CREATE TABLE leaf PARTITION OF parted FOR VALUES IN (1);",
  "CREATE TABLE parted_by_tried (x int) PARTITION BY LIST ((try(x::text))); CREATE TABLE leaf_of_tried PARTITION OF parted_by_tried FOR VALUES IN (TRUE);",
  "CREATE FUNCTION less(int, int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 OPERATOR(pg_catalog.<) $2';",
  "CREATE OPERATOR <<< (FUNCTION = less, LEFTARG = int, RIGHTARG = int); CREATE TABLE row_compared (a int, b int CHECK (a <<< b));",
];

/** The traces that were left, which are removed. */
function traces(): string[] {
  const folder = join(server.folder, "data");
  const found = readdirSync(folder).filter((name) => name.startsWith("trace-"));
  for (const name of found) rmSync(join(folder, name));
  return found.map((name) => name.slice("trace-".length)).sort();
}
