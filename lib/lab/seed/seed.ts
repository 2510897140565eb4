import { createReadStream, existsSync } from "node:fs";
import { join } from "node:path";
import { runFile, runFolder } from "./folder";
import { passwordVariables } from "./passwords";
import { psql } from "./psql";
import { SeedError } from "./seed-error";
import type { SeedHost } from "./seed-host";

export { seedFromDump } from "./dump";
export { hostilePasswords, neighbourPasswords, samplePasswords } from "./passwords";
export { SeedError } from "./seed-error";
export type { SeedHost } from "./seed-host";

export interface SampleOptions {
  database: string;
  /** About what pg_database_size() shall say, in MB; the smallest is about 25. */
  sizeMb: number;
  /** The newest timestamp of the data; the present hour unless told. The same time and size give the same rows. */
  baseTime?: Date;
}

/** Fills an empty cluster with the sample database, its roles, and the unrelated database beside it. */
export async function seedSample(host: SeedHost, options: SampleOptions): Promise<void> {
  await runFolder(host, join(__dirname, "sample"), {
    database: options.database,
    scale_mb: String(options.sizeMb),
    base_time: (options.baseTime ?? presentHour()).toISOString(),
    ...passwordVariables(),
  });
  await seedNeighbour(host);
}

/** Fills an empty cluster with the hostile database (every kind of object there is) and its neighbour. */
export async function seedHostile(host: SeedHost, options: { database: string }): Promise<void> {
  await runFolder(host, join(__dirname, "hostile"), {
    database: options.database,
    ...passwordVariables(),
  });
  await seedNeighbour(host);
}

/**
 * Adds to the hostile database what pg_dump does not carry as it is (rows of partitions by an enum's hash, the order of
 * inherited columns, stale materialized views, …): a comparison has to name each.
 */
export async function seedUncarried(host: SeedHost, options: { database: string }): Promise<void> {
  await runFile(host, join(__dirname, "uncarried.sql"), { database: options.database });
}

/** Adds the second, unrelated database `glimpse_shared` with roles of its own, of which nothing may come along. */
export async function seedNeighbour(host: SeedHost): Promise<void> {
  await runFile(host, join(__dirname, "neighbour.sql"), passwordVariables());
}

/**
 * Runs a user's SQL file, of this machine, as superuser on an empty cluster, in psql and from the database postgres
 * (`:database` is set). It must leave a database of the name asked for. It is read as a stream: `\i` of a relative
 * path finds nothing.
 */
export async function seedFromSql(
  host: SeedHost,
  file: string,
  options: { database: string },
): Promise<void> {
  if (!existsSync(file)) throw new SeedError(file, "there is no such file");
  await psql(host, { name: file, sql: createReadStream(file), variables: { database: options.database } });
  await requireDatabase(host, file, options.database);
}

async function requireDatabase(host: SeedHost, file: string, database: string): Promise<void> {
  const sql =
    "SELECT datname FROM pg_database WHERE NOT datistemplate AND datname <> 'postgres' ORDER BY 1;\n";
  const names = (await psql(host, { name: "the list of databases", sql }))
    .split("\n")
    .filter((name) => name !== "");
  if (names.includes(database)) return;
  const made = names.length === 0 ? "it made none" : `it made ${names.join(", ")}`;
  throw new SeedError(
    file,
    `it ran to its end, but there is no database "${database}": ${made}. Name it with --database.`,
  );
}

function presentHour(): Date {
  const hour = 3_600_000;
  return new Date(Math.floor(Date.now() / hour) * hour);
}
