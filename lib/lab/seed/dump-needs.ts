/** What must be on the server before a dump is restored. */
export interface DumpNeeds {
  /** Every role that the dump names, except those that it makes itself. */
  roles: string[];
  /** The dump's own CREATE EXTENSION of timescaledb, when it has one. */
  timescaledb: string | undefined;
  /** The dump makes its database itself (pg_dump --create). */
  createsDatabase: boolean;
}

const role = String.raw`"(?:[^"]|"")+"|[\w$\u0080-\uffff]+`;

/** One pattern for each statement of pg_dump that names a role; pg_dump writes each on a line of its own. */
const namingRoles = [
  `^ALTER .* OWNER TO (${role});$`,
  `^CREATE SCHEMA .* AUTHORIZATION (${role});$`,
  `^(?:ALTER DEFAULT PRIVILEGES .*)?\\b(?:GRANT|REVOKE) .* (?:TO|FROM) (${role})(?: WITH GRANT OPTION)?;$`,
  `^ALTER DEFAULT PRIVILEGES FOR ROLE (${role}) `,
  `^SET SESSION AUTHORIZATION (${role});$`,
  `^CREATE POLICY .* TO ((?:${role})(?:, (?:${role}))*)(?: USING \\(| WITH CHECK \\(|;$)`,
  `^CREATE USER MAPPING FOR (${role}) SERVER `,
  `^ALTER ROLE (${role}) IN DATABASE `,
].map((pattern) => new RegExp(pattern, "u"));
const aRole = new RegExp(role, "gu");

/**
 * Reads the SQL of a dump, line by line. It may find a role too many (in the text of a function, say), which does no
 * harm; a role too few would cost objects.
 */
export async function needsOf(lines: AsyncIterable<string>): Promise<DumpNeeds> {
  const named = new Set<string>();
  const made = new Set<string>(["postgres", "public", "PUBLIC"]);
  const needs: DumpNeeds = { roles: [], timescaledb: undefined, createsDatabase: false };
  let inCopy = false;
  let ownerColumn = -1;
  for await (const line of lines) {
    if (inCopy) {
      if (line === "\\.") inCopy = false;
      else if (ownerColumn >= 0) addIdentifiers(line.split("\t")[ownerColumn], named);
    } else if (/^COPY .* FROM stdin;$/.test(line)) {
      inCopy = true;
      ownerColumn = jobOwnerColumn(line);
    } else {
      if (/^CREATE EXTENSION .*\btimescaledb\b/.test(line)) needs.timescaledb = line;
      if (line.startsWith("CREATE DATABASE ")) needs.createsDatabase = true;
      addIdentifiers(/^CREATE ROLE (.*);$/.exec(line)?.[1], made);
      for (const pattern of namingRoles) addIdentifiers(pattern.exec(line)?.[1], named);
    }
  }
  return { ...needs, roles: [...named].filter((name) => !made.has(name) && !name.startsWith("pg_")).sort() };
}

/** TimescaleDB's jobs name their owner in a row: without that role the restore loses every job. */
function jobOwnerColumn(copy: string): number {
  const columns = /^COPY _timescaledb_config\.bgw_job \((.*)\) FROM stdin;$/.exec(copy)?.[1];
  return columns?.split(", ").indexOf("owner") ?? -1;
}

/** Adds the identifiers of a list in SQL, without their quotes. */
function addIdentifiers(list: string | undefined, names: Set<string>): void {
  for (const [identifier] of list?.matchAll(aRole) ?? []) {
    names.add(identifier.startsWith('"') ? identifier.slice(1, -1).replaceAll('""', '"') : identifier);
  }
}
