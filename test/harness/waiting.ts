import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { testRunDirectory } from "./test-run";

/** Notes, for the reporter, for how long the file that is at work waited for other labs, in milliseconds. */
export function noteWaiting(milliseconds: number): void {
  // A process that a test starts, and that has a lab of its own, is part of no file.
  if (typeof expect === "undefined") return;
  const line = JSON.stringify({ file: expect.getState().testPath, milliseconds });
  appendFileSync(join(testRunDirectory(), "waiting"), `${line}\n`);
}
