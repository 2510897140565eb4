import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { defaultStateDirectory } from "../../lib/lab/prerequisites";
import { identityOf, isAlive, type ProcessIdentity } from "../../lib/lab/process-identity";

const variable = "TIMESCALE_CUTOVER_TEST_RUN";
const prefix = "test-run-";
const ownerFile = "owner.json";

/** Makes the directory of this run of the tests, which its workers share, and removes those of runs that were killed. */
export function beginTestRun(): void {
  const all = defaultStateDirectory();
  mkdirSync(all, { recursive: true });
  for (const name of readdirSync(all).filter((name) => name.startsWith(prefix)))
    if (!isOfALivingRun(join(all, name))) rmSync(join(all, name), { recursive: true });
  const directory = mkdtempSync(join(all, prefix));
  writeFileSync(join(directory, ownerFile), JSON.stringify(identityOf(process.pid)));
  process.env[variable] = directory;
}

export function endTestRun(): void {
  rmSync(testRunDirectory(), { recursive: true });
}

export function testRunDirectory(): string {
  const directory = process.env[variable];
  if (directory === undefined) throw new Error("No run of the tests was begun (test/harness/begin.ts).");
  return directory;
}

/** The process that a file names as its owner; undefined where the file is not there, or not written yet. */
export function ownerOf(file: string): ProcessIdentity | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as ProcessIdentity;
  } catch {
    return undefined;
  }
}

/** Whether the owner that a file names lives; a file that is not written yet is a living one's. */
export function ownerLives(file: string): boolean {
  const owner = ownerOf(file);
  return owner === undefined || isAlive(owner);
}

function isOfALivingRun(directory: string): boolean {
  return ownerLives(join(directory, ownerFile));
}
