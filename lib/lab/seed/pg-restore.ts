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
  /** Restores the entries of the table of contents that `isWanted` picks. */
  restore(database: string, isWanted: (entry: string) => boolean): Promise<void>;
}

/** pg_restore in a host, over an archive that was carried there; errors name the archive as the user knows it. */
export function pgRestore(host: SeedHost, dump: { path: string; carried: string }): Archive {
  const run = async (argv: string[]): Promise<string> => {
    const child = host.spawn(asPostgres(["pg_restore", "--exit-on-error", ...argv, dump.carried]), {
      cwd: "/",
    });
    const ended = await feed(child);
    if (ended.code !== 0) throw new SeedError(dump.path, ended.stderr.trim());
    return ended.stdout;
  };
  const listed = async (options: string[], isWanted: (entry: string) => boolean): Promise<string> => {
    const entries = (await run([...options, "--list"])).split("\n").filter((line) => /^\d+; /.test(line));
    const file = `${dump.carried}.list`;
    await writeFile(host, dump.path, file, entries.filter(isWanted).join("\n") + "\n");
    return `--use-list=${file}`;
  };
  return {
    async sqlWithoutRows() {
      return run(["--create", "--file=-", await listed(["--create"], (entry) => !isRows(entry))]);
    },
    async createDatabase(wanted) {
      const list = await listed(["--create"], isOfDatabase);
      const original = databaseMadeBy(await run(["--create", "--file=-", list]));
      if (original === undefined)
        throw new SeedError(dump.path, "the archive does not say how to make its database");
      await run(["--create", `--dbname=${connectionTo("postgres")}`, list]);
      if (original === wanted) return;
      const variables = { original, wanted };
      await psql(host, {
        name: dump.path,
        sql: `ALTER DATABASE :"original" RENAME TO :"wanted";\n`,
        variables,
      });
    },
    async restore(database, isWanted) {
      await run([`--dbname=${connectionTo(database)}`, await listed([], isWanted)]);
    },
  };
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
