import { existsSync } from "node:fs";
import { join } from "node:path";
import everything from "../../jest.config.mjs";
import { left } from "./left-to-test-all.mjs";

for (const name of Object.entries(left).flat()) {
  if (!existsSync(join(import.meta.dirname, "../lab", `${name}.test.ts`))) {
    throw new Error(`${name} of test/harness/left-to-test-all.mjs is no test in the lab.`);
  }
}

/** What `npm test` runs; jest.config.mjs has everything. */
export default {
  ...everything,
  rootDir: join(import.meta.dirname, "../.."),
  reporters: [["<rootDir>/test/harness/reporter.mjs", { leavesOut: true }]],
  testPathIgnorePatterns: [
    "/node_modules/",
    ...Object.keys(left).map((name) => `/test/lab/${name}\\.test\\.ts$`),
  ],
};
