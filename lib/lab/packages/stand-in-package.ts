import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { command } from "../command";

/** A package with a name, a version and dependencies like the real one's, and nothing in it. */
export interface StandIn {
  readonly name: string;
  readonly version: string;
  /** As in a control file: "libpq5 (>= 16.10)". */
  readonly depends?: readonly string[];
}

/** Builds the package in a directory; returns the .deb file. */
export function buildStandIn(directory: string, { name, version, depends = [] }: StandIn): string {
  mkdirSync(directory, { recursive: true });
  const tree = mkdtempSync(join(directory, "tree-"));
  try {
    mkdirSync(join(tree, "DEBIAN"), { mode: 0o755 });
    const fields = [
      `Package: ${name}`,
      `Version: ${version}`,
      "Architecture: all",
      "Maintainer: timescale-cutover lab <lab@packages.lab>",
      ...(depends.length > 0 ? [`Depends: ${depends.join(", ")}`] : []),
      "Description: stand-in of the lab",
      "",
    ];
    writeFileSync(join(tree, "DEBIAN/control"), fields.join("\n"));
    const file = join(directory, `${name}_${version}_all.deb`);
    command(["dpkg-deb", "--root-owner-group", "-Znone", "--build", tree, file]);
    return file;
  } finally {
    rmSync(tree, { recursive: true });
  }
}
