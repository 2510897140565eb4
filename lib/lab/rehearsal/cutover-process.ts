import { type ChildProcess, spawn, type StdioOptions } from "node:child_process";
import { once } from "node:events";
import { dirname } from "node:path";
import { text } from "node:stream/consumers";
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
  operator: OperatorProcess,
  argv: readonly string[],
  results: "inherit" | "with progress",
): Promise<number> {
  const stdout = { inherit: "inherit", "with progress": 2 } as const;
  const child = spawnOperator(operator, argv, ["ignore", stdout[results], "inherit"]);
  const [code] = (await once(child, "close")) as [number | null];
  return code ?? 1;
}

/** The same with nothing shown: gives what it said beside its results, in place of that. */
export async function runOperatorUnseen(
  operator: OperatorProcess,
  argv: readonly string[],
): Promise<{ readonly exitCode: number; readonly said: string }> {
  const child = spawnOperator(operator, argv, ["ignore", "ignore", "pipe"]);
  const closed = once(child, "close") as Promise<[number | null]>;
  const said = child.stderr === null ? "" : await text(child.stderr);
  return { exitCode: (await closed)[0] ?? 1, said };
}

/** The same with its progress shown, and its results, as JSON, given. */
export async function runOperatorForJson(
  operator: OperatorProcess,
  argv: readonly string[],
  progress: "shown" | "unseen",
): Promise<{ readonly exitCode: number; readonly json: unknown }> {
  const stderr = progress === "shown" ? "inherit" : "ignore";
  const child = spawnOperator(operator, [...argv, "--json"], ["ignore", "pipe", stderr]);
  const closed = once(child, "close") as Promise<[number | null]>;
  const stdout = child.stdout === null ? "" : await text(child.stdout);
  const exitCode = (await closed)[0] ?? 1;
  return { exitCode, json: stdout === "" ? null : (JSON.parse(stdout) as unknown) };
}

function spawnOperator(
  { cutover, environment }: OperatorProcess,
  argv: readonly string[],
  stdio: StdioOptions,
): ChildProcess {
  return spawn(process.execPath, ["--import", require.resolve("tsx"), cutover, ...argv], {
    cwd: dirname(cutover),
    env: { ...process.env, ...environment },
    stdio,
  });
}
