import { createHash } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Postgresql16 } from "./postgresql-16";

const catalog = [
  "database",
  "session-settings",
  "roles",
  "role-passwords",
  "relations",
  "columns",
  "constraints",
  "functions",
  "types",
  "other-objects",
  "extension-members",
  "subscriptions",
  "owners",
  "comments",
];

/** Takes the database's fingerprint as assets/steps/fingerprint.sh does, into FOLDER/SIDE. */
export function takeFingerprint(
  server: Postgresql16,
  database: string,
  side: "source" | "target",
  roles = "[]",
): void {
  const folder = `comparison/${side}`;
  mkdirSync(join(server.folder, folder), { recursive: true });
  const session_settings = server.psql(database, [{ file: "session-settings.sql" }]).trim();
  const query = (name: string) =>
    server.psql(database, [{ file: "needed-roles.sql" }, copied(`fingerprint/${name}.sql`)], {
      extra_roles: roles,
      omitted_roles: "[]",
      session_settings,
      carried_settings: "[]",
      salt: "ab12",
    });
  server.write(`${folder}/catalog`, catalog.map(query).join(""));
  server.write(`${folder}/privileges`, query("privileges"));
  server.write(`${folder}/sequences`, query("sequences"));
  if (side === "source") server.write(`${folder}/sequences-before`, query("sequences"));
  server.write(`${folder}/relations`, rowDigests(server, database));
}

/** As assets/steps/shared/copy-format.sh wraps a query. */
export function copied(file: string): { readonly file: string; readonly as: "copy" } {
  return { file, as: "copy" };
}

/** The digest of rows as COPY prints them. */
export function digestOf(rows: readonly string[]): bigint {
  const sum = rows.reduce(
    (total, row) => total + createHash("md5").update(`${row}\n`).digest().readBigUInt64LE(),
    0n,
  );
  return BigInt.asUintN(64, sum);
}

/** As assets/steps/shared/row-digests.sh digests the rows, but for the salt. */
export function rowDigests(server: Postgresql16, database: string): string {
  const listed = server
    .psql(database, [copied("fingerprint/row-digests.sql")])
    .trimEnd()
    .split("\n");
  return listed
    .map((line) => {
      const [, name = "", statement = ""] = line.split("\t");
      const rows = server
        .psql(database, [`${unescaped(statement)};`])
        .split("\n")
        .slice(0, -1);
      return `${name}\t${rows.length}\t${digestOf(rows)}\n`;
    })
    .join("");
}

function unescaped(text: string): string {
  return text.replace(
    /\\(.)/g,
    (_, character: string) => ({ n: "\n", t: "\t", r: "\r" })[character] ?? character,
  );
}

export interface Comparison {
  relations: number;
  rows: number;
  differentRelations: { name: string }[];
  catalogLines: number;
  differentCatalogLines: {
    object: string;
    attribute: string;
    source: string | null;
    target: string | null;
    expected: boolean;
  }[];
}

/** Compares what takeFingerprint left, as assets/steps/compare.sh does. */
export function compareFingerprints(server: Postgresql16, mode = "preserve", owner = ""): Comparison {
  return JSON.parse(
    server.psql("postgres", [{ file: "compare.sql" }], {
      directory: join(server.folder, "comparison"),
      encoding: "UTF8",
      mode,
      owner,
    }),
  ) as Comparison;
}
