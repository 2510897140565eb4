import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const ASSETS = join(__dirname, "..", "..", "assets");

/** The text of a file below assets/. */
export function assetText(...path: string[]): string {
  return readFileSync(join(ASSETS, ...path), "utf8");
}

export function assetExists(...path: string[]): boolean {
  return existsSync(join(ASSETS, ...path));
}

/** A part of a composed script: the whole has one first line and one `set`, a part's own serve its linting and its reader. */
export function scriptPart(...path: string[]): string {
  return assetText(...path)
    .replace(/^#!\/bin\/bash\n/, "")
    .replace(/^# shellcheck shell=bash\n/, "")
    .replace(/^set -Eeuo pipefail\n/m, "");
}

/**
 * SQL without its comment lines and its indentation: what is embedded is limited in size, and the rest stays in the
 * repository. No literal in assets/sql spans lines.
 */
export function condensedSql(sql: string): string {
  return sql.replace(/^ *--.*\n/gm, "").replace(/^ +/gm, "");
}

/** Bash without its comment lines, but for a first line that names the interpreter. */
export function withoutBashComments(script: string): string {
  return script.replace(/^[ \t]*#(?!!).*\n/gm, "").replace(/\n{2,}/g, "\n");
}
