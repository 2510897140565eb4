import { writeFile } from "./dump-carry";
import { feed } from "./feed";
import { connectionTo, psql } from "./psql";
import { SeedError } from "./seed-error";
import { asPostgres, type SeedHost } from "./seed-host";

export interface Archive {
  /** All SQL of the archive but the rows of tables and large objects; the rows of TimescaleDB's jobs are there. */
  sqlWithoutRows(): Promise<string>;
  /** Makes the dumped database with its encoding, locale, owner and settings, under the name wanted. */
  createDatabase(wanted: string): Promise<void>;
  restoreInto(database: string): Promise<void>;
}

/** pg_restore in a host, over an archive that was carried there; errors name the archive as the user knows it. */
export function pgRestore(host: SeedHost, dump: { path: string; carried: string }): Archive {
  const run = async (argv: string[], list?: string): Promise<string> => {
    const listFile = `${dump.carried}.list`;
    if (list !== undefined) await writeFile(host, dump.path, listFile, list);
    const options = list === undefined ? argv : [...argv, `--use-list=${listFile}`];
    const child = host.spawn(asPostgres(["pg_restore", "--exit-on-error", ...options, dump.carried]), {
      cwd: "/",
    });
    const ended = await feed(child);
    if (ended.code !== 0) throw new SeedError(dump.path, ended.stderr.trim());
    return ended.stdout;
  };
  return {
    async sqlWithoutRows() {
      return run(["--create", "--file=-"], without(await run(["--create", "--list"]), isRows));
    },
    async createDatabase(wanted) {
      const list = without(await run(["--create", "--list"]), (entry) => !isOfDatabase(entry));
      const original = databaseMadeBy(await run(["--create", "--file=-"], list));
      if (original === undefined)
        throw new SeedError(dump.path, "the archive does not say how to make its database");
      await run(["--create", `--dbname=${connectionTo("postgres")}`], list);
      if (original === wanted) return;
      const variables = { original, wanted };
      await psql(host, {
        name: dump.path,
        sql: `ALTER DATABASE :"original" RENAME TO :"wanted";\n`,
        variables,
      });
    },
    async restoreInto(database) {
      await run([`--dbname=${connectionTo(database)}`]);
    },
  };
}

function without(list: string, isLeftOut: (entry: string) => boolean): string {
  const entries = list.split("\n").filter((line) => line !== "" && !line.startsWith(";"));
  return `${entries.filter((entry) => !isLeftOut(entry)).join("\n")}\n`;
}

/** An entry: `dump id; catalogue's oid, object's oid, kind, schema, name, owner`. */
function isRows(entry: string): boolean {
  return /^\d+; \d+ \d+ (?:TABLE DATA (?!_timescaledb_config bgw_job )|BLOBS )/.test(entry);
}

function isOfDatabase(entry: string): boolean {
  return /^\d+; \d+ \d+ (?:DATABASE(?: PROPERTIES)? - |(?:COMMENT|ACL) - DATABASE )/.test(entry);
}

function databaseMadeBy(sql: string): string | undefined {
  const [, quoted, plain] = /^CREATE DATABASE (?:"((?:[^"]|"")+)"|(\S+)) /m.exec(sql) ?? [];
  return quoted?.replaceAll('""', '"') ?? plain;
}
