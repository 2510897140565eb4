// The SDK warns on every start that it will want Node 22 from January 2027; the README says so once.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
// The engine of CloudFormation's rules takes ten seconds to start, in every file; test/host/synthesis.test.ts has them checked.
process.env.CDK_VALIDATION = "false";

/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "node",
  globalSetup: "<rootDir>/test/debian-packages.ts",
  maxWorkers: 3,
  // A lab's hook may wait for a host: jest's own 5 seconds are for what runs in memory.
  testTimeout: 60_000,
  testSequencer: "<rootDir>/test/sequencer.mjs",
  roots: ["<rootDir>/test"],
  transform: { "^.+\\.ts$": ["@swc/jest", { jsc: { target: "es2023", parser: { syntax: "typescript" } } }] },
};
