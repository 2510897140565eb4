import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { psql } from "./psql";
import type { SeedHost } from "./seed-host";

/** Runs the .sql files of a folder of the seeds in the order of their names, each in a psql of its own. */
export async function runFolder(
  host: SeedHost,
  folder: string,
  variables: Record<string, string>,
): Promise<void> {
  const files = (await readdir(folder)).filter((name) => name.endsWith(".sql")).sort();
  for (const file of files) await runFile(host, join(folder, file), variables);
}

/** Runs one .sql file of the seeds. Each connects by itself to the database that its variables name. */
export async function runFile(
  host: SeedHost,
  file: string,
  variables: Record<string, string>,
): Promise<void> {
  await psql(host, { name: basename(file), sql: await readFile(file, "utf8"), variables });
}
