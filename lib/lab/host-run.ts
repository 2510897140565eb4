import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { constants } from "node:os";

export interface RunOptions {
  input?: string;
  env?: Record<string, string>;
  cwd?: string;
  /** Milliseconds; without it the process may take its time. */
  timeoutMs?: number;
}

export interface RunResult {
  stdout: string;
  stderr: string;
  /** The exit code; 128 and the signal's number for a process that a signal ended. */
  code: number;
}

/** Feeds a process of a host, gathers what it prints and waits for its end. */
export async function collect(
  child: ChildProcess,
  argv: readonly string[],
  host: string,
  { input, timeoutMs }: RunOptions,
): Promise<RunResult> {
  const [stdout, stderr] = [gather(child.stdout), gather(child.stderr)];
  child.stdin?.on("error", () => undefined); // The process may end without reading its input.
  child.stdin?.end(input ?? "");
  let late = false;
  const timer =
    timeoutMs === undefined ? undefined : setTimeout(() => ((late = true), killGroup(child)), timeoutMs);
  const [code, signal] = (await once(child, "close")) as [number | null, NodeJS.Signals | null];
  clearTimeout(timer);
  if (late)
    throw new Error(`${argv.join(" ")} did not end on the ${host} host within ${timeoutMs} ms: ${stderr()}`);
  return { stdout: stdout(), stderr: stderr(), code: code ?? 128 + constants.signals[signal ?? "SIGKILL"] };
}

function gather(stream: NodeJS.ReadableStream | null): () => string {
  const parts: Buffer[] = [];
  stream?.on("data", (part: Buffer) => parts.push(part));
  return () => Buffer.concat(parts).toString("utf8");
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // It ended in this moment.
  }
}
