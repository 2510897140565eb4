import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { withCarried } from "./dump-carry";
import { dumpFormatOf } from "./dump-format";
import { needsOf } from "./dump-needs";
import { pgRestore } from "./pg-restore";
import { psql } from "./psql";
import { SeedError } from "./seed-error";
import type { SeedHost } from "./seed-host";
import { beginRestore, endRestore, restoreTimescaleArchive } from "./timescale-restore";

/**
 * Restores a dump that pg_dump made in any of its formats (a file or directory of this machine) on an empty cluster,
 * into a database of the given name. Roles that the dump names and the server lacks are made first, without login and
 * without memberships, which no dump holds: a grant that was made by right of a membership fails. So does, in a plain
 * dump, a foreign key that refers to a hypertable.
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
  const restore = { host, name: path, database };
  if (needs.timescaledb !== undefined) await beginRestore(restore, needs.timescaledb);
  await psql(host, { name: path, sql: createReadStream(path), database });
  if (needs.timescaledb !== undefined) await endRestore(restore);
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
  if (needs.timescaledb === undefined) await archive.restore(database, () => true);
  else await restoreTimescaleArchive({ host, name: dump.path, database }, archive, needs.timescaledb);
}

async function createRoles(host: SeedHost, path: string, roles: string[]): Promise<void> {
  const sql = roles.map((role) => {
    const literal = `'${role.replaceAll("'", "''")}'`;
    return `SELECT format('CREATE ROLE %I NOLOGIN', ${literal}) WHERE to_regrole(quote_ident(${literal})) IS NULL \\gexec`;
  });
  await psql(host, { name: `the roles of ${path}`, sql: `${sql.join("\n")}\n` });
}
