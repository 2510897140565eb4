import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { UNDUMPED } from "../../lib/runbook/undumped";
import { compareFingerprints, takeFingerprint } from "./fingerprint-of";
import { Postgresql16 } from "./postgresql-16";

/* What pg_dump leaves behind: of two databases that are made alike, one has it. */

let server: Postgresql16;

const alike = [
  "CREATE TABLE public.kind (id int PRIMARY KEY);",
  "CREATE TABLE public.thing (id int PRIMARY KEY, kind int REFERENCES public.kind DEFERRABLE);",
  "CREATE TYPE public.speed AS RANGE (subtype = float8);",
  'CREATE TYPE public."Odd range" AS RANGE (subtype = int);',
  "CREATE EXTENSION atlas SCHEMA public;",
];

beforeAll(() => {
  server = Postgresql16.start();
  const extensions = join(server.folder, "native", "share", "postgresql", "extension");
  writeFileSync(join(extensions, "atlas.control"), "default_version = '1'\nrelocatable = true\n");
  writeFileSync(
    join(extensions, "atlas--1.sql"),
    `CREATE TABLE place (id int PRIMARY KEY, name text, upper text GENERATED ALWAYS AS (upper(name)) STORED);
     INSERT INTO place VALUES (1, 'one'), (2, 'two');
     CREATE TABLE fixed (line text);
     INSERT INTO fixed VALUES ('as the script made it');
     CREATE FUNCTION measure(int, text DEFAULT 'x') RETURNS int LANGUAGE sql AS 'SELECT 1';
     CREATE TYPE "Odd span" AS RANGE (subtype = int);
     CREATE OPERATOR CLASS "odd ops" FOR TYPE int USING btree AS OPERATOR 3 =, FUNCTION 1 btint4cmp(int, int);
     CREATE TABLE counted (id serial);
     SELECT pg_extension_config_dump('place', 'WHERE id > 1000');`,
  );
  server.psql("postgres", ["CREATE ROLE tracker;"]);
  for (const database of ["source", "restored"]) {
    server.psql("postgres", [`CREATE DATABASE ${database};`, `\\connect ${database}`, ...alike]);
  }
});

afterAll(() => server.stop());

function statements(): string {
  return UNDUMPED.map((name) => server.psql("source", [{ file: `undumped/${name}.sql` }])).join("\n");
}

function differences(): string[] {
  takeFingerprint(server, "source", "source");
  takeFingerprint(server, "restored", "target");
  const { differentRelations, differentCatalogLines } = compareFingerprints(server);
  return [
    ...differentRelations.map(({ name }) => name),
    ...differentCatalogLines.map(({ object, attribute }) => `${object}, ${attribute}`),
  ];
}

describe("on PostgreSQL 16.10", () => {
  test("states of the server's own triggers, owners of multiranges and extensions' rows are told apart and come across", () => {
    server.psql("source", [
      "ALTER TABLE public.thing DISABLE TRIGGER ALL;",
      "ALTER TYPE public.speed OWNER TO tracker;",
      // ALTER TYPE … OWNER leaves the multirange where it was; what a role makes itself is all its own.
      'DROP TYPE public."Odd range"; GRANT CREATE ON SCHEMA public TO tracker; SET ROLE tracker;',
      'CREATE TYPE public."Odd range" AS RANGE (subtype = int);',
      "RESET ROLE; REVOKE CREATE ON SCHEMA public FROM tracker;",
      "UPDATE public.place SET name = E'a back\\\\slash\\tand a tab' WHERE id = 2;",
      "INSERT INTO public.place VALUES (1001, NULL);",
      "UPDATE public.fixed SET line = E'corrected\\n\\\\.\\nhere';",
    ]);
    server.psql("restored", [
      "ALTER TYPE public.speed OWNER TO tracker;",
      'ALTER TYPE public."Odd range" OWNER TO tracker;',
    ]);
    expect(differences()).toEqual([
      "public.fixed",
      "public.place",
      expect.stringContaining("constraint thing_kind_fkey on public.thing, internal trigger on public.thing"),
      expect.stringContaining("constraint thing_kind_fkey on public.thing, internal trigger on public.thing"),
      'type public."Odd multirange", owner',
    ]);
    server.psql("restored", ["BEGIN;", statements(), "COMMIT;"]);
    expect(differences()).toEqual([]);
    // The owner is known as such: the role cannot be dropped.
    expect(() =>
      server.psql("restored", [
        'BEGIN; ALTER TYPE public."Odd range" OWNER TO postgres;',
        "DROP ROLE tracker;",
      ]),
    ).toThrow(/owner of type public."Odd multirange"/);
  });

  test("owners of extensions' members, who may do with them what they like, are told apart and come across", () => {
    server.psql("source", [
      "ALTER TABLE public.counted OWNER TO tracker;",
      "ALTER FUNCTION public.measure OWNER TO tracker;",
      'ALTER TYPE public."Odd span" OWNER TO tracker;',
      'ALTER OPERATOR CLASS public."odd ops" USING btree OWNER TO tracker;',
    ]);
    expect(differences()).toEqual([
      "function public.measure(integer,pg_catalog.text), owner",
      'operator class public."odd ops" USING btree, owner',
      "sequence public.counted_id_seq, owner",
      "table public.counted, owner",
      'type public."Odd span", owner',
    ]);
    server.psql("restored", ["BEGIN;", statements(), "COMMIT;"]);
    expect(differences()).toEqual([]);
  });

  test("what is equal stays as it is", () => {
    const writer = () => server.psql("restored", ["SELECT array_agg(xmin ORDER BY id) FROM public.place"]);
    const before = writer();
    server.psql("restored", ["BEGIN;", statements(), "COMMIT;"]);
    expect(writer()).toBe(before);
  });

  test("a table that somebody added to an extension is a difference and ends nothing", () => {
    server.psql("source", [
      "CREATE TABLE public.added (i int); ALTER EXTENSION atlas ADD TABLE public.added;",
    ]);
    server.psql("restored", ["BEGIN;", statements(), "COMMIT;"]);
    expect(differences()).toEqual([
      "public.added",
      "column public.added.i, definition",
      "extension atlas, tables",
      ...["access method", "persistence", "replica identity", "row security"].map(
        (attribute) => `table public.added, ${attribute}`,
      ),
    ]);
    server.psql("source", ["ALTER EXTENSION atlas DROP TABLE public.added; DROP TABLE public.added;"]);
  });
});

describe("what an application's session begins with", () => {
  const begins = (database: string): Record<string, string> =>
    JSON.parse(server.psql(database, [{ file: "session-settings.sql" }])) as Record<string, string>;

  test("is the database's setting or else the server's, where that is not PostgreSQL's own default", () => {
    server.psql("postgres", [
      "SET app.tenant = 'one'; ALTER SYSTEM SET app.tenant = 'one';",
      "ALTER SYSTEM SET intervalstyle = 'iso_8601';",
      "ALTER SYSTEM SET statement_timeout = '7s';",
      "SELECT pg_reload_conf();",
      "ALTER DATABASE source SET statement_timeout = '8s';",
      "ALTER DATABASE source SET work_mem = '9MB';",
    ]);
    expect(begins("source")).toMatchObject({
      "app.tenant": "one",
      IntervalStyle: "iso_8601",
      statement_timeout: "8000",
    });
    expect(begins("restored")).toMatchObject({ statement_timeout: "7000" });
    expect(begins("source")).not.toHaveProperty("work_mem");
  });

  test("is what the database had, when an extension's script has changed its settings meanwhile", () => {
    const settings = server.psql("source", [{ file: "database-settings.sql" }]);
    server.psql(
      "source",
      [
        "ALTER DATABASE source SET search_path = public; ALTER DATABASE source RESET statement_timeout;",
        { file: "restore-settings.sql" },
      ],
      { settings },
    );
    expect(JSON.parse(server.psql("source", [{ file: "database-settings.sql" }]))).toEqual([
      "statement_timeout=8s",
      "work_mem=9MB",
    ]);
  });

  test("is set for a database of another server, so that a session there begins with the same", () => {
    const settings = [
      { name: "IntervalStyle", value: null },
      { name: "app.tenant", value: "it's two" },
      { name: "search_path", value: '"$user", "Odd, Schema"' },
      { name: "DateStyle", value: "SQL, DMY" },
    ];
    server.psql("restored", [{ file: "carry-settings.sql" }], { settings: JSON.stringify(settings) });
    const inNewSession = (name: string) =>
      server
        .psql("restored", [
          `SELECT setting FROM pg_db_role_setting, unnest(setconfig) AS setting WHERE setting LIKE '${name}=%'`,
        ])
        .trim();
    expect(begins("restored")).toMatchObject({ "app.tenant": "it's two", DateStyle: "SQL, DMY" });
    expect(begins("restored")).not.toHaveProperty("IntervalStyle");
    expect(inNewSession("search_path")).toBe('search_path="$user", "Odd, Schema"');
  });
});
