import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { withCarried } from "./dump-carry";
import { dumpFormatOf } from "./dump-format";
import { needsOf, type DumpNeeds } from "./dump-needs";
import { pgRestore } from "./pg-restore";
import { psql } from "./psql";
import { SeedError } from "./seed-error";
import type { SeedHost } from "./seed-host";

/**
 * Restores a dump that pg_dump made in any of its formats (a file or directory of this machine) on an empty cluster,
 * into a database of the given name. Roles that the dump names and the server lacks are made first, without login.
 * Where the dump holds timescaledb, its background workers stay stopped until the server restarts: a retention
 * policy would find all of an old dump's rows out of date.
 */
export async function seedFromDump(host: SeedHost, path: string, database: string): Promise<void> {
  const format = await dumpFormatOf(path);
  if (format === "plain") await restorePlain(host, path, database);
  else await withCarried(host, path, format, (carried) => restoreArchive(host, { path, carried }, database));
}

async function restorePlain(host: SeedHost, path: string, database: string): Promise<void> {
  const needs = await needsOf(createInterface({ input: createReadStream(path), crlfDelay: Infinity }));
  if (needs.createsDatabase) {
    throw new SeedError(
      path,
      "it was made with --create, so it cannot be restored as another database: dump again",
    );
  }
  await createRoles(host, path, needs.roles);
  await psql(host, {
    name: path,
    sql: `CREATE DATABASE :"database" TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8';\n`,
    variables: { database },
  });
  await aroundRestore(host, path, database, needs, async () => {
    await psql(host, { name: path, sql: createReadStream(path), database });
  });
}

async function restoreArchive(
  host: SeedHost,
  dump: { path: string; carried: string },
  database: string,
): Promise<void> {
  const archive = pgRestore(host, dump);
  const needs = await needsOf(createInterface({ input: Readable.from([await archive.sqlWithoutRows()]) }));
  await createRoles(host, dump.path, needs.roles);
  await archive.createDatabase(database);
  await aroundRestore(host, dump.path, database, needs, () => archive.restoreInto(database));
}

async function createRoles(host: SeedHost, path: string, roles: string[]): Promise<void> {
  const sql = roles.map((role) => {
    const literal = `'${role.replaceAll("'", "''")}'`;
    return `SELECT format('CREATE ROLE %I NOLOGIN', ${literal}) WHERE to_regrole(quote_ident(${literal})) IS NULL \\gexec`;
  });
  await psql(host, { name: `the roles of ${path}`, sql: `${sql.join("\n")}\n` });
}

async function aroundRestore(
  host: SeedHost,
  path: string,
  database: string,
  { timescaledb }: DumpNeeds,
  restore: () => Promise<void>,
): Promise<void> {
  if (timescaledb === undefined) return restore();
  const name = `${path} (TimescaleDB)`;
  await psql(host, { name, database, sql: `${timescaledb}\n` });
  // In a session of its own: the library of the extension's version is loaded at the start of one.
  await psql(host, { name, database, sql: "SELECT timescaledb_pre_restore();\n" });
  await restore();
  await psql(host, { name, database, sql: afterRestore });
}

/**
 * While restoring is on, queries do not see compressed rows: the materialized views that were filled by the restore
 * miss them.
 */
const afterRestore = `
BEGIN;
SELECT timescaledb_post_restore();
SELECT format('SELECT %s()', coalesce(to_regproc('_timescaledb_functions.stop_background_workers'),
                                      to_regproc('_timescaledb_internal.stop_background_workers'))) \\gexec
COMMIT;
SELECT format('REFRESH MATERIALIZED VIEW %s', oid::regclass)
  FROM pg_class WHERE relkind = 'm' AND relispopulated ORDER BY oid \\gexec
ANALYZE;
`;
