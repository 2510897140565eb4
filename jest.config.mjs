import { availableParallelism, freemem } from "node:os";

// The SDK warns on every start that it will want Node 22 from January 2027; the README says so once.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
// The engine of CloudFormation's rules takes ten seconds to start, in every file; test/host/synthesis.test.ts has them checked.
process.env.CDK_VALIDATION = "false";

// A lab with the worker that drives it takes up to 2 GiB. How many of these labs are up at once follows from what the
// processors have to do meanwhile: test/harness/lab-places.ts.
const labsInMemory = Math.max(1, Math.floor(freemem() / 2 ** 31));
const mostLabs = Math.min(3 * availableParallelism(), labsInMemory);
process.env.TIMESCALE_CUTOVER_MOST_LABS = String(mostLabs);

/** @type {import("jest").Config} */
export default {
  // It has no time-outs: what moves goes on, however slow the machine is.
  testEnvironment: "<rootDir>/test/harness/environment.ts",
  globalSetup: "<rootDir>/test/harness/begin.ts",
  globalTeardown: "<rootDir>/test/harness/end.ts",
  // One more than labs: tests that need none run beside.
  maxWorkers: mostLabs + 1,
  reporters: ["<rootDir>/test/harness/reporter.mjs"],
  testSequencer: "<rootDir>/test/harness/sequencer.mjs",
  roots: ["<rootDir>/test"],
  transform: { "^.+\\.ts$": ["@swc/jest", { jsc: { target: "es2023", parser: { syntax: "typescript" } } }] },
};
