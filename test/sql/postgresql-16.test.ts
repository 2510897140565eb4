import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { compareFingerprints, takeFingerprint } from "./fingerprint-of";
import { Postgresql16 } from "./postgresql-16";

/** What these files ask for only TimescaleDB has: they run in the lab. */
const needTimescaledb = [
  "boot/libraries.sql",
  "fingerprint/timescaledb.sql",
  "job-states.sql",
  "partitioned-tables.sql",
  "post-restore.sql",
  "pre-restore.sql",
  "start-workers.sql",
];

let server: Postgresql16;
const ran = new Set<string>();

beforeAll(() => {
  server = Postgresql16.start();
  const psql = server.psql.bind(server);
  server.psql = (database, sql, variables) => {
    for (const one of sql) if (typeof one !== "string") ran.add(one.file);
    return psql(database, sql, variables);
  };
  server.psql("postgres", [readFileSync(join(__dirname, "objects.sql"), "utf8")]);
});

afterAll(() => server.stop());

/** Plants a change, compares with the source's fingerprint, and takes the change back. */
function differencesAfter(change: string, undo: string) {
  server.psql("objects", [change]);
  takeFingerprint(server, "objects", "target");
  server.psql("objects", [undo]);
  return compareFingerprints(server);
}

describe("on PostgreSQL 16.10", () => {
  test("the server is of production's version", () => {
    expect(server.psql("postgres", ["SHOW server_version"]).trim()).toBe("16.10");
  });

  test("a database does not differ from itself", () => {
    takeFingerprint(server, "objects", "source");
    takeFingerprint(server, "objects", "target");
    const comparison = compareFingerprints(server);
    expect(comparison).toMatchObject({ differentRelations: [], differentCatalogLines: [] });
    expect(comparison.relations).toBeGreaterThanOrEqual(6);
    expect(comparison.rows).toBe(50 + 2000 + 4);
    expect(comparison.catalogLines).toBeGreaterThan(200);
  });

  test("a changed row is found in its relation", () => {
    const { differentRelations } = differencesAfter(
      `UPDATE "Odd Schema".device SET weight = 51 WHERE id = 7`,
      `UPDATE "Odd Schema".device SET weight = 7 WHERE id = 7`,
    );
    expect(differentRelations.map(({ name }) => name)).toEqual(['"Odd Schema".device']);
  });

  test("a row that is there twice is found, even where another is there twice already", () => {
    const { differentRelations } = differencesAfter(
      `INSERT INTO "Odd Schema".scratch VALUES ('same'), ('same')`,
      `TRUNCATE "Odd Schema".scratch; INSERT INTO "Odd Schema".scratch VALUES ('same'), ('same'), (NULL), ('')`,
    );
    expect(differentRelations).toEqual([
      {
        name: '"Odd Schema".scratch',
        source: { rows: 4, digest: expect.any(String) },
        target: { rows: 6, digest: expect.any(String) },
      },
    ]);
  });

  test.each([
    [
      "a dropped index",
      `DROP INDEX "Odd Schema".reading_device_value_idx`,
      `CREATE INDEX reading_device_value_idx ON "Odd Schema".reading (device) INCLUDE (value)`,
      "index",
    ],
    [
      "a missing grant",
      `REVOKE UPDATE (name) ON "Odd Schema".device FROM guest`,
      `SET ROLE tracker; GRANT UPDATE (name) ON "Odd Schema".device TO guest`,
      "privileges of guest",
    ],
    [
      "a function's body",
      `CREATE OR REPLACE PROCEDURE "Odd Schema".nop() LANGUAGE plpgsql AS 'BEGIN PERFORM 1; END'`,
      `CREATE OR REPLACE PROCEDURE "Odd Schema".nop() LANGUAGE plpgsql AS 'BEGIN NULL; END'`,
      'function "Odd Schema".nop()',
    ],
    [
      "a database's setting",
      "ALTER DATABASE objects SET work_mem TO '6MB'",
      "ALTER DATABASE objects SET work_mem TO '5MB'",
      "work_mem",
    ],
    [
      "a role's password",
      "ALTER ROLE tracker PASSWORD 'another'",
      "ALTER ROLE tracker PASSWORD NULL",
      "password digest",
    ],
    [
      "a policy",
      `ALTER POLICY own ON "Odd Schema".device USING (true)`,
      `ALTER POLICY own ON "Odd Schema".device USING (weight < 40)`,
      "policy own",
    ],
    [
      "a disabled trigger that is enabled",
      `ALTER TABLE "Odd Schema".device ENABLE TRIGGER noting`,
      `ALTER TABLE "Odd Schema".device DISABLE TRIGGER noting`,
      "trigger noting",
    ],
    [
      "a comment",
      `COMMENT ON COLUMN "Odd Schema".device.name IS NULL`,
      `COMMENT ON COLUMN "Odd Schema".device.name IS E'two\\nlines'`,
      "comment",
    ],
    [
      "a moved sequence",
      `SELECT setval('"Odd Schema".counter', 4)`,
      `SELECT setval('"Odd Schema".counter', 10)`,
      'sequence "Odd Schema".counter',
    ],
    [
      "an owner",
      `ALTER VIEW "Odd Schema".happy OWNER TO guest`,
      `ALTER VIEW "Odd Schema".happy OWNER TO tracker`,
      'view "Odd Schema".happy',
    ],
  ])("%s is found and named", (_, change, undo, named) => {
    const { differentCatalogLines } = differencesAfter(change, undo);
    expect(differentCatalogLines.length).toBeGreaterThan(0);
    for (const line of differentCatalogLines) {
      expect(line.expected).toBe(false);
      expect(line.source).not.toBe(line.target);
    }
    expect(differentCatalogLines.map((line) => `${line.object}, ${line.attribute}`).join("\n")).toContain(
      named,
    );
  });

  test("what somebody changed of an extension, or of the server's own text search, differs; what changes no answer is told with why", () => {
    server.psql("objects", [
      "CREATE TABLE public.of_extension (i int); ALTER EXTENSION postgres_fdw ADD TABLE public.of_extension;",
    ]);
    takeFingerprint(server, "objects", "source");
    const { differentCatalogLines } = differencesAfter(
      `CREATE INDEX by_i ON public.of_extension (i); ALTER TABLE public.of_extension ALTER i SET NOT NULL;
       ALTER TEXT SEARCH CONFIGURATION pg_catalog.english DROP MAPPING FOR asciiword; COMMENT ON TABLE public.of_extension IS 'ours';
       ALTER FUNCTION "Odd Schema".postgres_fdw_handler() COST 7 SET work_mem = '1MB';
       CREATE FUNCTION public.added() RETURNS int RETURN 1; ALTER EXTENSION postgres_fdw ADD FUNCTION public.added();`,
      `ALTER EXTENSION postgres_fdw DROP FUNCTION public.added(); DROP FUNCTION public.added(); DROP INDEX public.by_i; ALTER TABLE public.of_extension ALTER i DROP NOT NULL;
       ALTER TEXT SEARCH CONFIGURATION pg_catalog.english ADD MAPPING FOR asciiword WITH english_stem;
       ALTER FUNCTION "Odd Schema".postgres_fdw_handler() COST 1 RESET ALL;
       ALTER EXTENSION postgres_fdw DROP TABLE public.of_extension; DROP TABLE public.of_extension;`,
    );
    expect(
      differentCatalogLines.map(({ object, attribute, expected }) => [object, attribute, expected]),
    ).toEqual([
      ["column public.of_extension.i", "definition", false],
      ["index public.by_i", "definition", false],
      ['member function "Odd Schema".postgres_fdw_handler()', "definition", false],
      ["member function public.added()", "definition", false],
      ["text search configuration english", "definition", false],
      ['member function "Odd Schema".postgres_fdw_handler()', "costs", true],
      ["member function public.added()", "costs", true],
      ["member table public.of_extension", "comment", true],
    ]);
    takeFingerprint(server, "objects", "source");
  });

  test("no password, no connection and no option that may be a secret is in a fingerprint", () => {
    const catalog = readFileSync(join(server.folder, "comparison", "source", "catalog"), "utf8");
    expect(catalog).not.toMatch(/SCRAM-SHA|a secret of the mapping|hidden/);
    expect(catalog).toContain("password digest");
  });

  test("the roles that a database needs are named, and a neighbour's are not", () => {
    const statements = server.psql(
      "objects",
      [{ file: "needed-roles.sql" }, { file: "role-statements.sql" }],
      {
        extra_roles: "[]",
        omitted_roles: "[]",
      },
    );
    for (const role of ["tracker", "reader", "guest", '"Réport, app"', "steward"]) {
      expect(statements).toContain(`ALTER ROLE ${role} WITH`);
    }
    expect(statements).not.toMatch(/neighbour|postgres/);
    expect(statements).toContain(
      `GRANT reader TO guest WITH ADMIN false, INHERIT false, SET true GRANTED BY steward;`,
    );
  });

  test("the roles' statements make what they were read from, and may run twice", () => {
    const read = () =>
      server.psql("objects", [{ file: "needed-roles.sql" }, { file: "role-statements.sql" }], {
        extra_roles: '["neighbour"]',
        omitted_roles: "[]",
      });
    const statements = read();
    server.psql("postgres", [
      'REVOKE reader FROM "Réport, app"; ALTER ROLE "Réport, app" RESET ALL;',
      statements,
      statements,
    ]);
    expect(read()).toBe(statements);
  });

  test("the source's inspection names versions, roles, and an index that a dump leaves out", () => {
    const fields = server.psql("objects", [{ file: "needed-roles.sql" }, { file: "inspect-source.sql" }], {
      extra_roles: "[]",
      omitted_roles: "[]",
      application_role: "tracker",
      salt: "ab12",
      separator: "=",
    });
    const members = JSON.parse(`{${/^members=(.*)$/m.exec(fields)?.[1] ?? ""}}`) as {
      versions: unknown;
      roles: string[];
    };
    expect(members.versions).toEqual({
      postgresql: "16.10",
      timescaledb: null,
      timescaledbEdition: null,
      postgis: null,
    });
    expect(members.roles).toEqual(["Réport, app", "guest", "reader", "steward", "tracker"]);
  });

  test("the target's inspection tells missing extensions from those of another version", () => {
    const fields = server.psql("postgres", [{ file: "inspect-target.sql" }], {
      database: "objects",
      source_extensions: '{"plpgsql":"0.9","no_such_extension":"1"}',
      separator: "=",
    });
    expect(fields).toContain("missing_extensions=no_such_extension\n");
    expect(fields).toContain("other_versions=plpgsql 1.0 (the source has 0.9)\n");
  });

  test("a handed-over ownership differs in owners and what follows from them, and in nothing else", () => {
    takeFingerprint(server, "objects", "source");
    server.psql("objects", [{ file: "reassign-ownership.sql" }], { owner: "guest" });
    takeFingerprint(server, "objects", "target", '["tracker"]');
    const { differentRelations, differentCatalogLines } = compareFingerprints(server, "reassign", "guest");
    expect(differentRelations).toEqual([]);
    expect(differentCatalogLines.filter(({ expected }) => !expected)).toEqual([]);
    expect(differentCatalogLines.map(({ object }) => object)).toEqual(
      expect.arrayContaining([
        "database",
        'schema "Odd Schema"',
        'function "Odd Schema".add_one(integer)',
        "large object 424242",
      ]),
    );
  });

  test("a grant that is lost beside a handed-over ownership is not taken for a consequence of it", () => {
    server.psql("objects", [`REVOKE SELECT ON "Odd Schema".totals FROM reader`]);
    takeFingerprint(server, "objects", "target", '["tracker"]');
    const unexpected = compareFingerprints(server, "reassign", "guest").differentCatalogLines.filter(
      ({ expected }) => !expected,
    );
    expect(new Set(unexpected.map(({ object }) => object))).toEqual(
      new Set(['materialized view "Odd Schema".totals']),
    );
  });

  test("what the boot asks the server for is answered, a line each", () => {
    const lines = server
      .psql("postgres", [{ file: "boot/server.sql" }])
      .trim()
      .split("\n");
    expect(lines).toEqual(
      expect.arrayContaining([
        "server_version|16.10",
        "in_recovery|false",
        "password_encryption|scram-sha-256",
      ]),
    );
  });

  test("the steps' other statements run", () => {
    server.psql("objects", ["BEGIN;", { file: "lock-tables.sql" }, "ROLLBACK;"]);
    const application = "timescale-cutover/r20261121-000000-test";
    expect(
      server.psql("objects", [{ file: "blocked-sessions.sql" }], { application, seconds: "1" }).trim(),
    ).toBe("");
    server.psql("objects", [{ file: "end-sessions.sql" }], { application });
    for (const file of ["carry-settings.sql", "database-settings.sql", "restore-settings.sql"]) {
      server.psql("objects", [{ file }], { settings: "[]" });
    }
    expect(server.psql("postgres", [{ file: "cluster.sql" }])).toContain('"version" : "16.10"');
    server.psql("objects", [{ file: "analyze.sql" }, { file: "stop-workers.sql" }]);
    server.psql("objects", [{ file: "rehearsed-jobs.sql" }], { run_jobs: "" });
    server.psql("objects", [{ file: "drop-subscriptions.sql" }]);
    server.psql("postgres", [{ file: "drop-database.sql" }], { database: "objects" });
    expect(
      server.psql("postgres", ["SELECT count(*) FROM pg_database WHERE datname = 'objects'"]).trim(),
    ).toBe("0");
  });

  test("every SQL file of the runbook has run here but those that need TimescaleDB", () => {
    const root = join(__dirname, "..", "..", "assets", "sql");
    const files = (readdirSync(root, { recursive: true }) as string[])
      .filter((file) => file.endsWith(".sql"))
      // They have tests of their own: test/host/watching/server-metrics.test.ts, window-on-16.test.ts, preflight-*.test.ts,
      // archiving-on-16.test.ts, undumped.test.ts, users-code.test.ts.
      .filter(
        (file) =>
          file !== "users-code.sql" &&
          !/^(metrics|fence|writes|smoke|preflight|archiving|recover|restore-drill|undumped)\//.test(file),
      );
    expect([...ran, ...needTimescaledb].sort()).toEqual(files.sort());
  });
});
