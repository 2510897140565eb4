import type { Archive } from "./pg-restore";
import { psql } from "./psql";
import type { SeedHost } from "./seed-host";

export interface TimescaleRestore {
  host: SeedHost;
  /** How errors call the dump. */
  name: string;
  database: string;
}

/** Makes the extension by the dump's own statement and switches restoring on. */
export async function beginRestore(restore: TimescaleRestore, createExtension: string): Promise<void> {
  await run(restore, `${createExtension}\n`);
  // In a session of its own: the library of the extension's version is loaded at the start of one.
  await run(restore, "SELECT timescaledb_pre_restore();\n");
}

/**
 * Switches restoring off with the background workers stopped. While it was on, queries did not see compressed rows, so
 * the materialized views that the restore filled are filled anew.
 */
export async function endRestore(restore: TimescaleRestore): Promise<void> {
  await run(
    restore,
    `
BEGIN;
SELECT timescaledb_post_restore();
SELECT format('SELECT %s()', coalesce(to_regproc('_timescaledb_functions.stop_background_workers'),
                                      to_regproc('_timescaledb_internal.stop_background_workers'))) \\gexec
COMMIT;
SELECT format('REFRESH MATERIALIZED VIEW %s', oid::regclass)
  FROM pg_class WHERE relkind = 'm' AND relispopulated ORDER BY oid \\gexec
`,
  );
}

/**
 * Restores an archive between the two. A foreign key that refers to a hypertable finds no row while restoring is on; a
 * foreign key of a hypertable made after it would be made in every chunk a second time.
 */
export async function restoreTimescaleArchive(
  restore: TimescaleRestore,
  archive: Archive,
  createExtension: string,
): Promise<void> {
  await beginRestore(restore, createExtension);
  await archive.restore(restore.database, (entry) => !isForeignKey(entry) && !isCommentOnConstraint(entry));
  const partitioned = await hypertablesAndChunks(restore);
  const isOfHypertable = (entry: string) =>
    partitioned.some((table) => entry.includes(` FK CONSTRAINT ${table} `));
  await archive.restore(restore.database, isOfHypertable);
  await endRestore(restore);
  await archive.restore(
    restore.database,
    (entry) => (isForeignKey(entry) && !isOfHypertable(entry)) || isCommentOnConstraint(entry),
  );
}

/** As the table of contents writes them: schema, blank, name. */
async function hypertablesAndChunks(restore: TimescaleRestore): Promise<string[]> {
  const tables = await run(
    restore,
    `SELECT translate(schema_name || ' ' || table_name, E'\\n\\r', '  ') FROM _timescaledb_catalog.hypertable
      UNION ALL
     SELECT translate(schema_name || ' ' || table_name, E'\\n\\r', '  ') FROM _timescaledb_catalog.chunk;\n`,
  );
  return tables.split("\n").filter((table) => table !== "");
}

function isForeignKey(entry: string): boolean {
  return /^\d+; \d+ \d+ FK CONSTRAINT /.test(entry);
}

function isCommentOnConstraint(entry: string): boolean {
  return /^\d+; \d+ \d+ COMMENT .* CONSTRAINT .* ON /.test(entry);
}

function run({ host, name, database }: TimescaleRestore, sql: string): Promise<string> {
  return psql(host, { name: `${name} (TimescaleDB)`, database, sql });
}
