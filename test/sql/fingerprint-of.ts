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
    server.psql(database, [{ file: "needed-roles.sql" }, { file: `fingerprint/${name}.sql` }], {
      csv: "yes",
      extra_roles: roles,
      omitted_roles: "[]",
      session_settings,
      carried_settings: "[]",
      salt: "ab12",
    });
  server.write(`${folder}/catalog.csv`, catalog.map(query).join(""));
  server.write(`${folder}/privileges.csv`, query("privileges"));
  server.write(`${folder}/sequences.csv`, query("sequences"));
  if (side === "source") server.write(`${folder}/sequences-before.csv`, query("sequences"));
  server.write(`${folder}/relations.csv`, rowDigests(server, database));
}

function rowDigests(server: Postgresql16, database: string): string {
  const statements = server
    .psql(database, ["\\pset recordsep_zero on", { file: "fingerprint/row-digests.sql" }], {
      separator: "\t",
    })
    .split("\0")
    .map((line) => line.slice(line.indexOf("\t") + 1))
    .filter((statement) => statement !== "");
  return server.psql(
    database,
    statements.map((statement) => `${statement};`),
    { csv: "yes" },
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
      mode,
      owner,
    }),
  ) as Comparison;
}
