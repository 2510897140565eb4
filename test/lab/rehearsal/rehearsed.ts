import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RehearsalSettings } from "../../../lib/lab/rehearsal/lab-environment";
import type { RehearsalLab } from "../../../lib/lab/rehearsal/rehearsal-lab";
import { bash, sql } from "../on-host";
import { startRehearsalLab } from "../start-rehearsal-lab";

export { bash, sql, until } from "../on-host";

const PROJECT = join(__dirname, "..", "..", "..");

/** report.json, as the README describes it. */
export interface Report {
  runId: string;
  outcome: "succeeded" | "failed";
  steps: { name: string; host: string | null; status: string; startedAt: string; seconds: number }[];
  versions: Record<"source" | "target", Record<string, string | null> | null>;
  fingerprint: Fingerprint | null;
  heldJobs: string[] | null;
}

export interface Fingerprint {
  relations: number;
  rows: number;
  differentRelations: { name: string }[];
  acceptedDifferences: string[];
  catalogLines: number;
  differentCatalogLines: {
    object: string;
    attribute: string;
    source: string | null;
    target: string | null;
    expected: boolean;
  }[];
}

/** How one `cutover rehearse` went. */
export interface Rehearsed {
  code: number;
  stdout: string;
  stderr: string;
  report: Report;
}

/** The lab on the image, or on the Debian root that TIMESCALE_CUTOVER_ROOTFS names (a Community edition, say). */
export function startLab(): Promise<RehearsalLab> {
  return startRehearsalLab({
    targetVolumeMb: 4096,
  });
}

export const managed: RehearsalSettings = { database: "tracker", ownership: "preserve", source: "managed" };

/** Runs the operator's command line against the lab, as a process of its own. */
export async function rehearse(lab: RehearsalLab, ...options: string[]): Promise<Rehearsed> {
  const folder = mkdtempSync(join(tmpdir(), "rehearsed-"));
  const argv = [
    "--import",
    "tsx",
    join(PROJECT, "bin/cutover.ts"),
    "rehearse",
    "--env",
    "prod",
    "--report",
    folder,
  ];
  const env = { ...process.env, ...lab.operatorEnvironment() };
  const ended = await new Promise<Omit<Rehearsed, "report">>((resolve) => {
    execFile(
      process.execPath,
      [...argv, ...options],
      { cwd: PROJECT, env, maxBuffer: 1 << 26 },
      (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : Number(error.code ?? -1), stdout, stderr });
      },
    );
  });
  const report = readReport(join(folder, "report.json"), ended);
  rmSync(folder, { recursive: true });
  return { ...ended, report };
}

function readReport(file: string, { stderr }: { stderr: string }): Report {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Report;
  } catch (error) {
    throw new Error(`The run left no report (${String(error)}). It said:\n${stderr}`);
  }
}

/**
 * Runs every scheduled job of the target's database once and gives their ids; an error of one is an error of the test.
 * Debian's Apache edition has none; TIMESCALE_CUTOVER_ROOTFS may name a root that has.
 */
export async function runEveryJob(lab: RehearsalLab, database: string): Promise<string[]> {
  const { target } = lab.lab.hosts;
  const jobs = await sql(
    target,
    database,
    "SELECT job_id FROM timescaledb_information.jobs WHERE job_id >= 1000 AND scheduled ORDER BY job_id",
  );
  const ids = jobs.split("\n").filter((id) => id !== "");
  for (const id of ids) await sql(target, database, `CALL run_job(${id})`);
  return ids;
}

/** Whether the lab's TimescaleDB is the Community edition. */
export async function isCommunity(lab: RehearsalLab): Promise<boolean> {
  const { major } = lab.lab.postgresql;
  const library = `/usr/lib/postgresql/${major}/lib/timescaledb-tsl-${lab.lab.timescaledb}.so`;
  return (await bash(lab.lab.hosts.target, `[ -e ${library} ] && echo yes || echo no`)) === "yes";
}

/** What this project could have left on the source: units, sessions, dumps, locks, secrets. Empty when it left nothing. */
export async function leftOnSource(lab: RehearsalLab): Promise<string> {
  const { source } = lab.lab.hosts;
  const units = await bash(source, "systemctl list-units --plain --no-legend 'timescale-cutover-*'");
  const files = await bash(
    source,
    "find /var/lib/timescale-cutover/dump /run/timescale-cutover -mindepth 1 2>/dev/null || [ $? = 1 ]",
  );
  const sessions = await sql(
    source,
    "postgres",
    "SELECT application_name, state FROM pg_stat_activity WHERE application_name LIKE 'timescale-cutover%'",
  );
  return [units, files, sessions].join("");
}

/** A digest of all that the source's server holds, roles and neighbours too: what a run must not change. */
export function stateOfSource(lab: RehearsalLab): Promise<string> {
  // A dump's \\restrict keys are drawn at random.
  return bash(
    lab.lab.hosts.source,
    "runuser -u postgres -- pg_dumpall 2>/dev/null | grep -vE '^.(un)?restrict ' | sha256sum",
  );
}
