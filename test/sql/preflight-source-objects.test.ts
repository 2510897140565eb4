import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Check } from "../../lib/checks/check";
import { sourceObjectChecks } from "../../lib/checks/source-objects";
import { sourceRoleChecks } from "../../lib/checks/source-roles";
import { sourceTimescaledbChecks } from "../../lib/checks/source-timescaledb";
import { Postgresql16 } from "./postgresql-16";

/* Preflight's checks of what is in the source's database, on production's version, without TimescaleDB. */

const PREFLIGHT = join(__dirname, "..", "..", "assets", "sql", "preflight");

let server: Postgresql16;

beforeAll(() => {
  server = Postgresql16.start({ max_prepared_transactions: "4" });
  server.psql("postgres", [
    readFileSync(join(__dirname, "preflight-planted.sql"), "utf8"),
    "CREATE DATABASE healthy OWNER nobody_special;",
  ]);
});

afterAll(() => server?.stop());

// Whether there is a way to the database is for the lab: it is bash.
const inSql = [...sourceObjectChecks, ...sourceRoleChecks].filter(({ id }) => id !== "source-database");

/** Makes a check as its step does, as this user. */
function check(database: string, id: string, user = "postgres", application = "planter") {
  const file = id.replace("source-", "roles/");
  const files = existsSync(join(PREFLIGHT, `${id}.sql`))
    ? [{ file: `preflight/${id}.sql` }]
    : [{ file: "needed-roles.sql" }, { file: `preflight/${file}.sql` }];
  const printed = server.psql(database, [`SET row_security = off; SET ROLE ${user};`, ...files], {
    separator: "\x1f",
    extra_roles: "[]",
    omitted_roles: "[]",
    application_role: application,
  });
  const [verdict, finding, remedy, ...more] = printed.replace(/\n$/, "").split("\x1f");
  expect(more).toEqual([]);
  return { verdict, finding, ...(remedy !== undefined && remedy !== "" && { remedy }) };
}

describe("of a database on PostgreSQL 16.10, Preflight", () => {
  test.each([
    [
      "source-fence",
      "fail",
      /^Run r20261101-010000-abcd fenced this database at 2026-11-01T01:00:00.*\(fenced\)/,
    ],
    [
      "source-prepared-transactions",
      "fail",
      /^Prepared transactions: 'it''s planted' of postgres, prepared 00:\d\d:\d\d ago\.$/,
    ],
    ["source-invalid-indexes", "warn", /^Invalid indexes: public\.twice_once of public\.twice\. /],
    [
      "source-partition-keys",
      "warn",
      /: public\.by_mood \(hash of an enum\), public\.by_name \(hash with the collation loose\), public\.by_order \(range of text in the order of "?en-x-icu"?\)\.$/,
    ],
    [
      "source-disabled-keys",
      "warn",
      /^Foreign keys with disabled triggers: to_order of public\.item, to_parent of public\.child\. The restore ends where a row breaks one\.$/,
    ],
    [
      "source-system-schemas",
      "fail",
      /^No dump carries what users made in pg_catalog or information_schema: routine helper\(integer\)\.$/,
    ],
    [
      "source-search-path",
      "warn",
      /: public\.rated\(integer\) \(of the constraint rated_by_i_check of public\.rated_by\) names rates; public\.unpinned\(integer\) \(of the constraint checked_i_check of public\.checked\) names helped, parent\.$/,
    ],
    [
      "source-foreign-views",
      "warn",
      /^Materialized views that read a foreign table: public\.copied \(public\.far of the server elsewhere\)\. /,
    ],
    [
      "source-definitions",
      "fail",
      /of: view public\.labelled \(operator is not unique: text pg_catalog\.\|\| bigint\); column label of public\.numbered \(operator is not unique: .*\)\. A restore ends there\.$/,
    ],
    ["source-unlogged-tables", "warn", /^Unlogged tables: public\."More scratch", public\.scratch\. /],
    ["source-large-objects", "warn", /^Large objects: 1 \(\d+ \w+\)\. .* a rollback does not carry/],
    ["source-event-triggers", "warn", /^Event triggers: watch_ddl on ddl_command_end \(public\.on_ddl\)\. /],
    [
      "source-foreign-servers",
      "warn",
      /^Foreign servers: elsewhere \(postgres_fdw at db\.example\.org:6432\)\. User mappings: 1, which travel with their passwords\.$/,
    ],
    [
      "source-custom-c-functions",
      "fail",
      /^Functions in C that are no extension's: public\.own_c\(internal\) from \$libdir\/plpgsql\.$/,
    ],
    ["source-languages", "warn", /^Languages that are no extension's: by_hand\.$/],
    [
      "source-md5-passwords",
      "fail",
      /^Roles with an MD5 password: planter, "old hash"\. The target's pg_hba\.conf asks for scram-sha-256/,
    ],
    [
      "source-settings",
      "warn",
      new RegExp(
        [
          "^Settings to look at: default_tablespace \\(the database\\) names a tablespace, and the target has none",
          "default_transaction_read_only \\(planter\\) lets the application only read",
          "lock_timeout \\(all roles\\) is of ALTER ROLE ALL, which is not carried",
          'search_path \\(planter\\) names a missing schema: "Gone ""Schema"""',
          "session_preload_libraries \\(planter\\) loads a library, without which the target lets no session in\\.$",
        ].join("; "),
      ),
    ],
  ] as const)("%s finds what is planted, and says %s", (id, verdict, finding) => {
    expect(check("planted", id)).toMatchObject({ verdict, finding: expect.stringMatching(finding) });
  });

  test("a policy that holds rows back from the dump's user, and what that user may not read, are found", () => {
    expect(check("planted", "source-row-security", "nobody_special")).toMatchObject({
      verdict: "fail",
      finding:
        "Row security holds rows back from nobody_special: public.guarded. pg_dump ends with an error.",
    });
    expect(check("planted", "source-unreadable-relations", "nobody_special")).toEqual({
      verdict: "fail",
      finding: expect.stringMatching(
        /^nobody_special may not read closed\.open_table, closed\.rates, public\."More scratch", .*, public\.by_day and 21 more\.$/,
      ),
      remedy: "GRANT pg_read_all_data TO nobody_special, or name a superuser.",
    });
  });

  test("a superuser reads what others may not, and what row security forces upon an owner is noted", () => {
    expect(check("planted", "source-row-security")).toEqual({
      verdict: "pass",
      finding:
        "Tables with row security: 1, on 1 of them forced upon the owner; postgres reads all their rows.",
    });
    expect(check("planted", "source-unreadable-relations")).toMatchObject({ verdict: "pass" });
  });

  test("a user that may not see passwords and mappings is told what is lost", () => {
    expect(check("planted", "source-md5-passwords", "nobody_special")).toEqual({
      verdict: "warn",
      finding: "nobody_special may not read pg_authid: the roles come to the target without their passwords.",
      remedy: expect.stringContaining("(planter first)"),
    });
    expect(check("planted", "source-foreign-servers", "nobody_special").finding).toContain(
      "of 1 the options cannot be read by nobody_special and are lost",
    );
  });

  test("the SQL that mends a finding comes with it, and runs", () => {
    const remedies = ["source-disabled-keys", "source-search-path", "source-foreign-views"].map(
      (id) => check("planted", id).remedy ?? "",
    );
    expect(remedies).toEqual([
      'Mend or delete the rows that break them, which for one are counted by: SELECT count(*) FROM public.child AS a WHERE a.parent_id IS NOT NULL AND a."Part" IS NOT NULL AND NOT EXISTS (SELECT FROM public.parent AS b WHERE b.id = a.parent_id AND b.part = a."Part").',
      "Write the schemas into their bodies; or, at the source: ALTER FUNCTION public.unpinned(integer) SET search_path = closed, public.",
      "Open the way from the target to the foreign server. Or let each be restored empty; at the source: REFRESH MATERIALIZED VIEW public.copied WITH NO DATA.",
    ]);
    for (const remedy of remedies) {
      const sql = remedy.replace(/^.*?(?=SELECT|ALTER|REFRESH)/, "").replace(/\.$/, ";");
      expect(() => server.psql("planted", [`BEGIN; ${sql} ROLLBACK;`])).not.toThrow();
    }
  });

  test("roles that the target would not let in are a warning where the application's is none of them", () => {
    expect(check("planted", "source-md5-passwords", "postgres", "nobody_special")).toMatchObject({
      verdict: "warn",
      finding: expect.stringMatching(/^Roles with an MD5 password: "old hash", planter\. /),
    });
  });

  test("an event trigger that no restore can make, for its owner is no superuser, fails", () => {
    const owned = (superuser: string) =>
      `ALTER EVENT TRIGGER asleep OWNER TO ${superuser === "SUPERUSER" ? "postgres" : "formerly_super"}; ALTER ROLE formerly_super ${superuser};`;
    server.psql("planted", [owned("NOSUPERUSER")]);
    expect(check("planted", "source-event-triggers")).toMatchObject({
      verdict: "fail",
      finding: expect.stringMatching(/no superuser, .*: asleep on sql_drop \(public\.on_ddl\)/),
      remedy: expect.stringContaining("OWNER TO"),
    });
    // What a restore would say.
    expect(() => server.psql("planted", ["ALTER EVENT TRIGGER watch_ddl OWNER TO formerly_super;"])).toThrow(
      /must be a superuser/,
    );
    server.psql("planted", [owned("SUPERUSER")]);
  });

  test("a run that switched the application away is told apart from one that left its fence", () => {
    const marker = `ALTER DATABASE healthy SET "timescale_cutover.fence" = '{"run":"r1","phase":"switched","fencedAt":"x"}';`;
    server.psql("healthy", [marker]);
    expect(check("healthy", "source-fence")).toMatchObject({
      verdict: "fail",
      remedy: expect.stringContaining("cutover rollback"),
    });
    server.psql("healthy", ['ALTER DATABASE healthy RESET "timescale_cutover.fence";']);
  });

  test("a database that lets superusers alone in is found", () => {
    server.psql("postgres", ["ALTER DATABASE healthy CONNECTION LIMIT 0;"]);
    expect(check("healthy", "source-fence")).toMatchObject({
      verdict: "warn",
      finding: expect.stringMatching(/^The database's connection limit is 0/),
    });
    server.psql("postgres", ["ALTER DATABASE healthy CONNECTION LIMIT -1;"]);
  });

  test("no finding shows a password, or the value of a setting", () => {
    const findings = inSql.map(({ id }) => check("planted", id).finding);
    expect(findings.join("\n")).not.toMatch(
      /never to be shown|a secret of the mapping|of the test|md5[0-9a-f]/,
    );
  });

  const names = (checks: readonly Check[]) => checks.map(({ id }) => id);

  test.each(names(inSql))("%s passes on a healthy database", (id) => {
    server.psql("postgres", ["ALTER ROLE ALL RESET ALL;"]);
    expect(check("healthy", id)).toMatchObject({
      verdict: "pass",
      finding: expect.stringMatching(/^\S.*\.$/),
    });
  });

  test.each(names(sourceTimescaledbChecks))("%s passes on a database without TimescaleDB", (id) => {
    expect(check("planted", id)).toEqual({
      verdict: "pass",
      finding: "The database has no TimescaleDB.",
    });
  });
});
