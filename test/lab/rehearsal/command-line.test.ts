import { PassThrough } from "node:stream";
import { environments } from "../../../bin/environments";
import { runRehearsal } from "../../../lib/lab/rehearsal/command-line";

function nothing(): never {
  throw new Error("Nothing may be synthesized.");
}

/** Runs the command line with options that it must refuse before it looks at the machine. */
async function refused(...argv: string[]): Promise<{ code: number; stderr: string; stdout: string }> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const code = await runRehearsal(argv, {
    environments,
    synthesize: nothing,
    synthesizeHost: nothing,
    cutover: "/nonexistent",
    stdout,
    stderr,
  });
  return { code, stderr: String(stderr.read() ?? ""), stdout: String(stdout.read() ?? "") };
}

describe("npm run rehearse refuses, with exit code 2 and before anything is begun,", () => {
  test.each([
    [
      "an unknown environment, and names the known ones",
      ["--env", "live"],
      /no environment "live".*staging, prod/,
    ],
    [
      "a size that is no number of megabytes",
      ["--size", "2GB"],
      /'2GB' is invalid.*whole megabytes, 25 to 20000/,
    ],
    ["a size too small for the sample", ["--size", "3"], /'3' is invalid/],
    [
      "a file of SQL that is not there",
      ["--source-sql", "/no/such.sql"],
      /'\/no\/such\.sql' is invalid.*nothing readable/,
    ],
    ["a folder in place of a file of SQL", ["--source-sql", "/usr"], /'\/usr' is invalid.*not a file/],
    ["a dump that is not there", ["--source-dump", "/no/such.dump"], /such\.dump.* is invalid/],
    [
      "SQL and a dump at once",
      ["--source-sql", __filename, "--source-dump", __filename],
      /cannot be used with/,
    ],
    ["a root that is no directory", ["--rootfs", __filename], /is invalid.*not a directory/],
    ["another ownership", ["--ownership", "steal"], /'steal' is invalid.*preserve, reassign/],
    ["a database's name that PostgreSQL would cut short", ["--database", "x".repeat(64)], /database\.name/],
    ["a part that there is not", ["--only", "gate"], /'gate' is invalid.*preflight/],
    ...["--cutover", "--rollback", "--remove-kept"].map((option): [string, string[], RegExp] => [
      `preflight alone and ${option} at once`,
      ["--only", "preflight", option],
      /'--only <part>' cannot be used with option '--\w/,
    ]),
    [
      "preflight alone and a fault at once",
      ["--only", "preflight", "--fault", "kill-host@restore"],
      /'--only <part>' cannot be used with option '--fault/,
    ],
    [
      "preflight alone and a report, which it has none of",
      ["--only", "preflight", "--report", "/tmp/report"],
      /'--only <part>' cannot be used with option '--report/,
    ],
    ["an unknown option", ["--sice", "3"], /unknown option '--sice'.*--size/s],
  ])("%s", async (_, argv, message) => {
    const { code, stderr } = await refused(...argv);
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
  });

  test("but tells its options and exit codes when asked", async () => {
    const { code, stdout } = await refused("--help");
    expect(stdout).toMatch(/--rootfs <dir>[\s\S]*Exit codes: 0 succeeded/);
    expect(code).toBe(0);
  });
});
