import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { exitCode } from "../rehearsal/exit-code";
import { type Fault, faultName } from "./fault";
import type { FaultsOptions } from "./options";
import type { FaultRow } from "./table";

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

export interface SeveralLabs {
  /** The cells of each lab. */
  readonly dealt: readonly (readonly Fault[])[];
  /** The script of `npm run faults`, which runs as a process of its own for each lab. */
  readonly script: string;
  readonly stderr: NodeJS.WritableStream;
}

/**
 * Executes cells in several labs at once, each in a process of its own: what one waits for does not disturb the moment at
 * which another strikes. Gives the rows of all, and the highest exit code. A signal ends the labs first.
 */
export async function executeInSeveralLabs(
  { dealt, script, stderr }: SeveralLabs,
  options: FaultsOptions,
): Promise<{ rows: FaultRow[]; exitCode: number }> {
  const labs = dealt.map((cells) => spawnLab(script, argvOf(cells, options)));
  const interrupted = forwardSignals(labs);
  const ended = await Promise.all(labs.map((lab, index) => endOf(lab, `lab ${index + 1}:`, stderr)));
  interrupted();
  return {
    rows: ended.flatMap(({ rows }) => rows),
    exitCode: Math.max(...ended.map((one) => one.exitCode)),
  };
}

function argvOf(cells: readonly Fault[], { env, size, rootfs, verbose }: FaultsOptions): string[] {
  return [
    ...["--cells", cells.map(faultName).join(",")],
    ...["--labs", "1", "--json", "--env", env, "--size", String(size)],
    ...(rootfs === undefined ? [] : ["--rootfs", rootfs]),
    ...(verbose ? ["--verbose"] : []),
  ];
}

function spawnLab(script: string, argv: readonly string[]): ChildProcess {
  return spawn(process.execPath, ["--import", require.resolve("tsx"), script, ...argv], {
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** Passes signals on to the labs. The function that it returns ends that, and lets the last signal end this process. */
function forwardSignals(labs: readonly ChildProcess[]): () => void {
  let last: NodeJS.Signals | undefined;
  const forward = (signal: NodeJS.Signals) => {
    last = signal;
    for (const lab of labs) lab.kill(signal);
  };
  for (const signal of signals) process.on(signal, forward);
  return () => {
    for (const signal of signals) process.off(signal, forward);
    if (last !== undefined) process.kill(process.pid, last);
  };
}

/** Shows what a lab says under its name, and gives its rows; a lab that ended early has none. */
async function endOf(
  lab: ChildProcess,
  name: string,
  stderr: NodeJS.WritableStream,
): Promise<{ rows: FaultRow[]; exitCode: number }> {
  const closed = once(lab, "close") as Promise<[number | null]>;
  if (lab.stdout === null || lab.stderr === null) throw new Error(`${name} has no output.`);
  const said = createInterface(lab.stderr).on("line", (line) => {
    stderr.write(`${name} ${line.replace(/^lab: /, "")}\n`);
  });
  const rows = await text(lab.stdout);
  const code = (await closed)[0] ?? exitCode.failed;
  said.close();
  return { rows: rows === "" ? [] : (JSON.parse(rows) as FaultRow[]), exitCode: code };
}
