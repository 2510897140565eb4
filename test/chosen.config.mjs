import { existsSync } from "node:fs";
import { join } from "node:path";
import everything from "../jest.config.js";
import { left } from "./left-to-test-all.mjs";

for (const name of Object.entries(left).flat()) {
  if (!existsSync(join(import.meta.dirname, "lab", `${name}.test.ts`))) {
    throw new Error(`${name} of test/left-to-test-all.mjs is no test in the lab.`);
  }
}

/** What `npm test` runs; jest.config.js has everything. */
export default {
  ...everything,
  rootDir: join(import.meta.dirname, ".."),
  testPathIgnorePatterns: [
    "/node_modules/",
    ...Object.keys(left).map((name) => `/test/lab/${name}\\.test\\.ts$`),
  ],
};
