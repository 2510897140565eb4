import { closeSync, openSync, readdirSync, rmSync, statSync, writeSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { identityOf } from "../../lib/lab/process-identity";
import { idleShare, processors, processorTime } from "./processors";
import { moved } from "./progress";
import { ownerLives, ownerOf, testRunDirectory } from "./test-run";
import { noteWaiting } from "./waiting";

const lookMs = 2_000;
/** A lab beyond the processors' number begins while this share of them idles, and the one before it is well begun. */
const idleEnough = 0.35;
const apartMs = 10_000;
const prefix = "lab-place-";

/** A file of tests takes one place for the labs that it starts, until it ends. */
let taken = false;

/** The most labs at once: what is in memory for each of them (jest.config.mjs). */
function mostLabs(): number {
  return Number(process.env["TIMESCALE_CUTOVER_MOST_LABS"]);
}

/**
 * Waits for a place for this file's lab. As many labs as processors always have one. A lab alone keeps half a processor
 * busy, so further ones begin while the processors idle: a machine that has other work gets fewer of them.
 */
export async function takePlace(): Promise<void> {
  const since = Date.now();
  await untilTaken();
  noteWaiting(Date.now() - since);
}

async function untilTaken(): Promise<void> {
  for (let before = processorTime(); !taken;) {
    taken = isClaimed(0, processors());
    if (taken) return;
    moved("waiting for a place for a lab");
    await sleep(lookMs);
    const now = processorTime();
    if (idleShare(before, now) >= idleEnough && isApart()) taken = isClaimed(processors(), mostLabs());
    before = now;
  }
}

/** Gives this process's place back: its file of tests has ended. */
export function givePlaceBack(): void {
  for (const file of places()) if (ownerOf(file)?.pid === process.pid) rmSync(file);
}

function isClaimed(from: number, to: number): boolean {
  for (let number = from; number < to; number += 1) {
    const file = join(testRunDirectory(), `${prefix}${number}`);
    if (!ownerLives(file)) rmSync(file, { force: true });
    if (isWritten(file)) return true;
  }
  return false;
}

/** Writes who has the place; false where it is taken. */
function isWritten(file: string): boolean {
  try {
    const handle = openSync(file, "wx");
    writeSync(handle, JSON.stringify(identityOf(process.pid)));
    closeSync(handle);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Whether the last place was taken long enough ago to show in the processors' time. */
function isApart(): boolean {
  const times = places().map((file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0);
  return Date.now() - Math.max(0, ...times) > apartMs;
}

function places(): string[] {
  const directory = testRunDirectory();
  return readdirSync(directory)
    .filter((name) => name.startsWith(prefix))
    .map((name) => join(directory, name));
}
