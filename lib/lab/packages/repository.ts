import { copyFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { command } from "../command";
import type { SigningKey } from "./signing-key";

export interface Repository {
  /** The .deb files of each suite. */
  readonly suites: Readonly<Record<string, readonly string[]>>;
  readonly component: string;
  /** Without one the repository is not signed. */
  readonly key?: SigningKey;
}

/** Makes an apt repository in a directory that a server serves, in place of what was there. */
export function writeRepository(directory: string, { suites, component, key }: Repository): void {
  rmSync(directory, { recursive: true, force: true });
  for (const [suite, packages] of Object.entries(suites)) {
    const pool = `pool/${suite}`;
    mkdirSync(join(directory, pool), { recursive: true });
    for (const file of packages) copyFileSync(file, join(directory, pool, basename(file)));
    writeSuite(directory, { suite, component, pool });
    const release = join(directory, "dists", suite, "Release");
    key?.clearSign(release, join(directory, "dists", suite, "InRelease"));
  }
}

interface Suite {
  suite: string;
  component: string;
  /** The folder of its .deb files, from the repository's directory. */
  pool: string;
}

function writeSuite(directory: string, { suite, component, pool }: Suite): void {
  const architecture = command(["dpkg", "--print-architecture"]).trim();
  const lists = join(directory, "dists", suite, component, `binary-${architecture}`);
  mkdirSync(lists, { recursive: true });
  writeFileSync(join(lists, "Packages"), ftparchive(directory, "packages", pool));
  const fields = { Suite: suite, Codename: suite, Components: component, Architectures: architecture };
  const options = Object.entries(fields).map(
    ([name, value]) => `--option=APT::FTPArchive::Release::${name}=${value}`,
  );
  const release = ftparchive(directory, ...options, "release", `dists/${suite}`);
  writeFileSync(join(directory, "dists", suite, "Release"), release);
}

function ftparchive(directory: string, ...args: string[]): string {
  return command(["env", `--chdir=${directory}`, "apt-ftparchive", ...args]);
}
