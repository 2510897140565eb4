import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { command, CommandFailed } from "./command";
import { LabUnavailable } from "./lab-unavailable";

export interface RootContents {
  postgresql: { major: number; version: string };
  /** The default_version of each extension's control file. */
  timescaledb: string;
  postgis: string;
  pgbackrest: string;
}

/**
 * What a Debian root holds: the highest PostgreSQL major, preferring one that has TimescaleDB, the extensions for it,
 * and pgBackRest. Throws `LabUnavailable` when one of them is not there.
 */
export function readRootContents(root: string): RootContents {
  const major = serverMajor(root);
  return {
    postgresql: { major, version: serverVersion(root, major) },
    timescaledb: requiredExtension(root, major, "timescaledb"),
    postgis: requiredExtension(root, major, "postgis"),
    pgbackrest: pgbackrestVersion(root),
  };
}

/** The major that the hosts' clusters are of. Throws `LabUnavailable` when the root has no PostgreSQL server. */
export function serverMajor(root: string): number {
  const majors = serverMajors(root);
  const major = majors.find((candidate) => extensionVersion(root, candidate, "timescaledb")) ?? majors[0];
  if (major !== undefined) return major;
  throw new LabUnavailable(`${root} holds no PostgreSQL server (usr/lib/postgresql/<major>/bin/postgres).`);
}

/** The default_version of an extension; undefined when the root has none for this major. */
export function extensionVersion(root: string, major: number, extension: string): string | undefined {
  const control = `/usr/share/postgresql/${major}/extension/${extension}.control`;
  try {
    // Read from within: Debian's control files are links to /etc/alternatives of the root, not of this machine.
    const content = command(["chroot", root, "cat", control]);
    return /^\s*default_version\s*=\s*'([^']+)'/m.exec(content)?.[1];
  } catch (error) {
    if (error instanceof CommandFailed) return undefined;
    throw error;
  }
}

function requiredExtension(root: string, major: number, extension: string): string {
  const version = extensionVersion(root, major, extension);
  if (version !== undefined) return version;
  throw new LabUnavailable(`${root} holds no ${extension} for PostgreSQL ${major} (${extension}.control).`);
}

function serverMajors(root: string): number[] {
  const folder = join(root, "usr/lib/postgresql");
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => /^\d+$/.test(name) && existsSync(join(folder, name, "bin/postgres")))
    .map(Number)
    .sort((a, b) => b - a);
}

/** "17.6" of "postgres (PostgreSQL) 17.6 (Debian 17.6-0+deb13u1)". */
function serverVersion(root: string, major: number): string {
  const line = command(["chroot", root, `/usr/lib/postgresql/${major}/bin/postgres`, "--version"]);
  const version = /\(PostgreSQL\) (\S+)/.exec(line)?.[1];
  if (version === undefined) throw new LabUnavailable(`${root}: postgres --version says: ${line.trim()}`);
  return version;
}

/** "2.55.1" of "pgBackRest 2.55.1". */
function pgbackrestVersion(root: string): string {
  const line = command(["chroot", root, "pgbackrest", "version"]);
  const version = /^pgBackRest (\S+)/.exec(line)?.[1];
  if (version === undefined) throw new LabUnavailable(`${root}: pgbackrest version says: ${line.trim()}`);
  return version;
}
