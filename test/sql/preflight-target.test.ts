import { readdirSync } from "node:fs";
import { join } from "node:path";
import { Postgresql16 } from "./postgresql-16";

/* Preflight's SQL for the target on production's version, whose catalog differs from that of the lab's PostgreSQL 17. */

const folder = join(__dirname, "..", "..", "assets", "sql", "preflight");
const files = readdirSync(folder).filter((file) => file.startsWith("target-"));

let server: Postgresql16;

beforeAll(() => {
  server = Postgresql16.start();
  server.psql("postgres", ["CREATE DATABASE tracker"]);
});

afterAll(() => server?.stop());

/** What a check says of a target whose source has these facts. */
function check(file: string, source: Record<string, unknown> = {}): string[] {
  const printed = server.psql("postgres", [{ file: `preflight/${file}` }], {
    separator: "|",
    database: "tracker",
    source: JSON.stringify({ versions: { postgresql: "16.10" }, extensions: { plpgsql: "1.0" }, ...source }),
    application_role: "tracker",
    target_address: "172.31.202.20",
    postgresql_version: "16.10",
    data_directory: join(server.folder, "data"),
    memory_kib: String(4 * 1024 ** 2),
    instance_memory_gib: "4",
    restore_jobs: "2",
    restore_memory_mib: "256",
  });
  expect(printed.match(/\n/g)).toHaveLength(1);
  return printed.trimEnd().split("|");
}

test.each(files)("%s says one verdict on PostgreSQL 16.10", (file) => {
  const [verdict, finding] = check(file);
  expect(verdict).toMatch(/^(pass|warn|fail)$/);
  expect(finding).toMatch(/\.$/);
});

test("a target whose pg_hba.conf admits nobody from elsewhere is refused", () => {
  // initdb's own file admits the loopback alone.
  expect(check("target-hba.sql").slice(0, 2)).toEqual([
    "fail",
    "pg_hba.conf admits tracker to tracker from no other host.",
  ]);
});

test("another minor version than the source's is a warning, another major version is refused", () => {
  expect(check("target-versions.sql", { versions: { postgresql: "16.9" } }).slice(0, 2)).toEqual([
    "warn",
    "The source has PostgreSQL 16.9, the target 16.10.",
  ]);
  expect(check("target-versions.sql", { versions: { postgresql: "15.9" } })[0]).toBe("fail");
});

test("a collation provider that the target's PostgreSQL was not built with, or does not know yet, is refused", () => {
  const locale = { encoding: "UTF8", provider: "b", locale: "C.UTF-8", collate: "C", ctype: "C" };
  expect(check("target-collations.sql", { locale }).slice(0, 2)).toEqual([
    "fail",
    "The source's database uses the collation provider builtin, which the target's PostgreSQL has not.",
  ]);
});

test("a source without TimescaleDB needs none on the target", () => {
  expect(check("target-preload.sql")[0]).toBe("pass");
  expect(check("target-preload.sql", { versions: { timescaledb: "2.18.2" } })[0]).toBe("fail");
});

test("an extension that has to be preloaded is refused where it is not", () => {
  // What the server knows of an extension before it is created is this file.
  const control = "native/share/postgresql/extension/pg_cron.control";
  server.write(control, "default_version = '1.6'\n");
  const extensions = { pg_cron: "1.6", plpgsql: "1.0" };
  expect(check("target-extensions.sql", { extensions }).slice(0, 2)).toEqual([
    "fail",
    "Of the source's extensions on the target: pg_cron is not in shared_preload_libraries.",
  ]);
});
