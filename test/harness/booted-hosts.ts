import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { moved } from "./progress";
import { testRunDirectory } from "./test-run";
import { noteWaiting } from "./waiting";

/** The snapshot of booted hosts that this run of the tests has, made by whoever asks first; the others wait for it. */
export async function bootedHosts(make: (directory: string) => Promise<void>): Promise<string> {
  const directory = join(testRunDirectory(), "booted-hosts");
  if (existsSync(directory)) return directory;
  const since = Date.now();
  const unlock = await lock(`${directory}.lock`);
  noteWaiting(Date.now() - since);
  try {
    if (!existsSync(directory)) await make(directory);
    return directory;
  } finally {
    unlock();
  }
}

/** Takes a lock that ends with this process, whatever ends it. */
async function lock(file: string): Promise<() => void> {
  const holder = spawn("flock", [file, "sh", "-c", "echo && exec cat"], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const waiting = setInterval(() => moved("waiting for the snapshot of booted hosts"), 5_000);
  try {
    await once(holder.stdout, "data");
  } finally {
    clearInterval(waiting);
  }
  return () => holder.stdin.end();
}
