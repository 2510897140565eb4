import { existsSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { left } from "./left-to-test-all.mjs";

const slowestShown = 10;

/** One line a file as it ends, with what its failures say; at the end the slowest files and the count. */
export default class OneLineAFile {
  #done = 0;
  #durations = [];

  constructor(globalConfig, { leavesOut = false } = {}) {
    this.root = globalConfig.rootDir;
    this.leavesOut = leavesOut;
  }

  onTestFileResult({ path }, result, { numTotalTestSuites }) {
    this.#done += 1;
    const failed = result.testExecError !== undefined || result.numFailingTests > 0;
    const passed = `${result.numPassingTests} passed`;
    const tests = result.numFailingTests > 0 ? `${passed}, ${result.numFailingTests} failed` : passed;
    const duration = durationOf(path, result);
    this.#durations.push({ path, duration });
    const place = `${String(this.#done).padStart(3)}/${numTotalTestSuites}`;
    say(`${place} ${failed ? "FAIL" : "pass"} ${seconds(duration)}  ${relative(this.root, path)} (${tests})`);
    for (const { message } of result.console ?? []) say(message);
    if (failed) say(result.failureMessage ?? "");
  }

  onRunComplete(_, results) {
    const slowest = this.#durations.sort((one, other) => other.duration - one.duration);
    say(`\nThe slowest:`);
    for (const { path, duration } of slowest.slice(0, slowestShown))
      say(`${seconds(duration)}  ${relative(this.root, path)}`);
    if (this.leavesOut) say(`\nLeft to npm run test:all: ${Object.keys(left).join(", ")}.`);
    if (results.snapshot.unchecked > 0) say(`\n${results.snapshot.unchecked} snapshots are obsolete.`);
    if (results.numRuntimeErrorTestSuites > 0)
      say(`\n${results.numRuntimeErrorTestSuites} files could not be run.`);
    say(`\nAll in ${((Date.now() - results.startTime) / 1000).toFixed(0)} s:`);
    const skipped = results.numPendingTests > 0 ? `, ${results.numPendingTests} skipped` : "";
    say(`${results.numPassedTests} passed, ${results.numFailedTests} failed${skipped}`);
  }
}

/** Without the time in which the file waited for other labs (waiting.ts). */
function durationOf(path, { perfStats }) {
  return perfStats.end - perfStats.start - waitedFor(path);
}

function waitedFor(path) {
  const notes = join(process.env.TIMESCALE_CUTOVER_TEST_RUN ?? "", "waiting");
  if (!existsSync(notes)) return 0;
  const lines = readFileSync(notes, "utf8").trim().split("\n");
  const own = lines.map((line) => JSON.parse(line)).filter(({ file }) => file === path);
  return own.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
}

function seconds(duration) {
  return `${(duration / 1000).toFixed(1).padStart(6)} s`;
}

function say(line) {
  process.stdout.write(`${line}\n`);
}
