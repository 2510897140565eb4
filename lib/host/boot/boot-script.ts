import type { Environment } from "../../config/environment";
import { assetText, scriptPart, withoutBashComments, condensedSql } from "../../script/asset";
import { writesFile } from "../../script/bash";
import { pgbackrestOnly, repositoryHostsLine } from "../../trust/pgbackrest-only";
import { backupSchedule } from "./backup-schedule";
import { pgHbaConf } from "./pg-hba-conf";
import { pgbackrestConf } from "./pgbackrest-conf";
import { postgresqlConf } from "./postgresql-conf";

/** What the steps share, in order: files in assets/boot/shared, without `.sh`. */
export const userDataParts = [
  "preamble",
  "signal",
  "result",
  "on-error",
  "volume-contents",
  "apt",
  "package-versions",
  "tools",
] as const;

/** And what only the fetched steps do. */
export const documentParts = ["parameters"] as const;

/** The boot's steps, in order: files in assets/boot/steps, without `.sh`. EC2 takes 16 KB of user data, so it holds the first. */
export const userDataSteps = ["data-volume", "package-sources", "packages", "boot-document"] as const;
/** And the document that the last of those fetches has the others. */
export const documentSteps = [
  "locales",
  "cluster",
  "repository-host",
  "repository-trust",
  "pgbackrest-configuration",
  "metrics",
  "archive-status",
  "backup-schedule",
  "assert-host",
] as const;

/** What the host's own timers run: files in assets/boot/files, without `.sh`. */
export const hostScripts = [
  "host",
  "metrics",
  "archive-status",
  "archive-repository",
  "archive-metrics",
  "backup",
] as const;

/** What the user data puts on the host: what the steps share, and those up to the fetched ones. Comments stay in the repository. */
export function userDataScript(): string {
  return [
    "#!/bin/bash",
    "set -Eeuo pipefail",
    ...userDataParts.map(sharedPart),
    ...userDataSteps.flatMap(stepLines),
  ].join("\n");
}

/** What the document has: the files that the steps read as `$FILES/NAME`, and the steps. */
export function documentScript(environment: Environment): string {
  return [
    "#!/bin/bash",
    "# Part of the boot: sourced by /usr/local/sbin/timescale-cutover-boot. Run as a command it starts the boot again.",
    '[ -n "${BOOT_DOCUMENT:-}" ] || exec systemctl restart timescale-cutover-boot',
    ...Object.entries(embeddedFiles(environment)).map(([name, text]) =>
      writesFile(`"$FILES/${name}"`, text, "END-OF-FILE"),
    ),
    ...documentParts.map(sharedPart),
    ...documentSteps.flatMap(stepLines),
  ].join("\n");
}

function sharedPart(part: string): string {
  return withoutBashComments(scriptPart("boot", "shared", `${part}.sh`));
}

function stepLines(step: string): string[] {
  return [`begin ${step}`, withoutBashComments(scriptPart("boot", "steps", `${step}.sh`))];
}

function embeddedFiles(environment: Environment): Record<string, string> {
  const line = repositoryHostsLine(environment);
  return {
    "postgresql.conf": postgresqlConf(environment),
    "pg_hba.conf": pgHbaConf(environment),
    "pgbackrest.conf": pgbackrestConf(environment),
    "pgbackrest-only.sh": withoutBashComments(pgbackrestOnly.script()),
    "repository-hosts-line": line === undefined ? "" : `${line}\n`,
    "backup-schedule": backupSchedule(environment),
    ...Object.fromEntries(hostScripts.map((name) => [`${name}.sh`, hostScript(name)])),
    ...sqlFiles("boot", ["server", "libraries"]),
    ...sqlFiles("metrics", ["server-metrics", "databases", "job-failures"]),
    ...sqlFiles("archiving", ["status"]),
  };
}

function hostScript(name: string): string {
  return withoutBashComments(assetText("boot", "files", `${name}.sh`));
}

function sqlFiles(folder: string, names: string[]): Record<string, string> {
  return Object.fromEntries(
    names.map((name) => [`${name}.sql`, condensedSql(assetText("sql", folder, `${name}.sql`))]),
  );
}
