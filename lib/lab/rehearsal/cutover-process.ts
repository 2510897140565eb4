import { spawn } from "node:child_process";
import { once } from "node:events";
import { dirname } from "node:path";
import type { RehearseOptions } from "./options";

/** The operator's command line as a process of its own: the lab uses what the operator will use. */
export interface OperatorProcess {
  /** The script that is run. */
  readonly cutover: string;
  /** What it needs to find the lab's AWS, beside what this process has. */
  readonly environment: Record<string, string>;
}

/** Runs `cutover rehearse` to its end and gives its exit code. */
export async function runCutover(
  operator: OperatorProcess,
  options: Pick<RehearseOptions, "env" | "report" | "json">,
): Promise<number> {
  const argv = ["rehearse", "--env", options.env];
  if (options.report !== undefined) argv.push("--report", options.report);
  if (options.json) argv.push("--json");
  return runOperator(operator, argv, "inherit");
}

/** Runs one command line of the operator to its end and gives its exit code. `results`: where its results go. */
export async function runOperator(
  { cutover, environment }: OperatorProcess,
  argv: readonly string[],
  results: "inherit" | "with progress" | "nowhere",
): Promise<number> {
  const stdout = { inherit: "inherit", "with progress": 2, nowhere: "ignore" } as const;
  const child = spawn(process.execPath, ["--import", require.resolve("tsx"), cutover, ...argv], {
    cwd: dirname(cutover),
    env: { ...process.env, ...environment },
    stdio: ["ignore", stdout[results], results === "nowhere" ? "ignore" : "inherit"],
  });
  const [code] = (await once(child, "close")) as [number | null];
  return code ?? 1;
}
