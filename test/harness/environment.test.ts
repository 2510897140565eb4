import { execFile } from "node:child_process";
import { join } from "node:path";

const project = join(__dirname, "../..");

test("a test that takes longer than nothing may move goes on while something moves", async () => {
  expect(await jestOn("moves")).toEqual({ code: 0, said: expect.stringContaining("1 passed, 0 failed") });
});

test("a test that stands still is ended with the words of what stands still, and the next one runs", async () => {
  const { code, said } = await jestOn("stands-still");
  expect(said).toContain("Nothing has moved for 1 s since: step restore: started");
  expect(said).toContain("1 passed, 1 failed");
  expect(code).toBe(1);
});

/** Runs jest with the project's environment on a file of standstill/, with a second in which nothing may move. */
function jestOn(file: string): Promise<{ code: number; said: string }> {
  const config = {
    rootDir: project,
    roots: [join(__dirname, "standstill")],
    testEnvironment: "<rootDir>/test/harness/environment.ts",
    testEnvironmentOptions: { standstillMs: 1000 },
    testMatch: [`**/${file}.cjs`],
    reporters: ["<rootDir>/test/harness/reporter.mjs"],
    transform: {
      "^.+\\.ts$": ["@swc/jest", { jsc: { target: "es2023", parser: { syntax: "typescript" } } }],
    },
  };
  const jest = join(project, "node_modules/jest/bin/jest.js");
  return new Promise((resolve) =>
    execFile(
      process.execPath,
      [jest, "--runInBand", "--config", JSON.stringify(config)],
      (error, stdout, stderr) =>
        resolve({ code: error === null ? 0 : Number(error.code), said: `${stdout}${stderr}` }),
    ),
  );
}
