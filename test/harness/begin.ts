import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { machineEnvironment } from "../../lib/lab/command";
import { labObstacle } from "../../lib/lab/prerequisites";
import { installWhatTheTestsRun } from "./debian-packages";
import { beginTestRun, testRunDirectory } from "./test-run";

/** Runs once, before all tests. */
export default function begin(): void {
  installWhatTheTestsRun();
  if (labObstacle() !== undefined) return;
  beginTestRun();
  findDebiansCommandsFirst();
}

/** A shim of another package manager may come first on PATH; of Node the tests want the one that runs them. */
function findDebiansCommandsFirst(): void {
  const folder = join(testRunDirectory(), "bin");
  mkdirSync(folder);
  symlinkSync(process.execPath, join(folder, "node"));
  process.env["PATH"] = `${folder}:${machineEnvironment()["PATH"]}`;
}
