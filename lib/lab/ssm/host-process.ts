import type { ChildProcess } from "node:child_process";
import { type Clock, pause } from "./clock";
import { KEPT_BYTES } from "./truncation";

/**
 * A host on which the agent runs. `spawn` starts a process inside it as root, with all three streams piped and with the
 * environment that the agent has there from its service manager; it throws when the host is down.
 */
export interface AgentHost {
  readonly instanceId: string;
  readonly name: string;
  isUp(): boolean;
  spawn(argv: string[], options?: { env?: Record<string, string>; cwd?: string }): ChildProcess;
}

/** How a script came to its end. `lost`: the host went down under it. */
export type ProcessEnd =
  | { how: "exited"; code: number }
  | { how: "signalled"; signal: string }
  | { how: "timedOut" | "cancelled" | "lost" };

export interface Finished {
  end: ProcessEnd;
  stdout: Buffer;
  stderr: Buffer;
}

/** A script that runs on a host. */
export interface Script {
  /** Sends SIGKILL to its process group, behind the agent's back. */
  kill(): Promise<void>;
}

// A host that is going down kills its processes a moment before it counts as down.
const GOING_DOWN_SECONDS = 2;
const REAP_MILLISECONDS = 2_000;

/**
 * Feeds `program` to a shell in the host and waits until it has ended and nobody holds its output open any more, which
 * is what the agent waits for too. The program's first line of output must be the id of its process group; on a timeout
 * or a cancellation the whole group is sent SIGKILL, so no trap of the script runs.
 */
export async function runOnHost(
  host: AgentHost,
  program: string,
  limits: { clock: Clock; timeoutSeconds: number; cancel: AbortSignal; onStart?: (script: Script) => void },
): Promise<Finished> {
  const child = spawnUnlessDown(host, ["/bin/sh", "-s"]);
  if (child === undefined) return { end: { how: "lost" }, stdout: Buffer.alloc(0), stderr: Buffer.alloc(0) };
  const stdout = new Collected();
  const stderr = new Collected();
  const group = collectOutput(child, stdout, stderr);
  const closed = closing(child);
  limits.onStart?.({ kill: async () => killGroup(host, await group) });
  child.stdin?.on("error", () => undefined); // The host may go down while the program is still being fed.
  child.stdin?.end(program);

  const end = await firstOf(closed, limits);
  if (end.how === "timedOut" || end.how === "cancelled") {
    await killGroup(host, await group);
    await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, REAP_MILLISECONDS).unref())]);
    child.stdout?.destroy();
    child.stderr?.destroy();
    child.kill("SIGKILL");
  }
  // A shell reports the signal that ended its child as 128 and the signal's number.
  const killed = end.how === "signalled" || (end.how === "exited" && end.code > 128 && end.code < 160);
  const lost = killed && (await goesDown(host, limits.clock));
  return {
    end: lost || !host.isUp() ? { how: "lost" } : end,
    stdout: stdout.bytes(),
    stderr: stderr.bytes(),
  };
}

function spawnUnlessDown(host: AgentHost, argv: string[]): ChildProcess | undefined {
  try {
    return host.spawn(argv);
  } catch (error) {
    if (!host.isUp()) return undefined;
    throw error;
  }
}

class Collected {
  #chunks: Buffer[] = [];
  #size = 0;

  add(chunk: Buffer): void {
    if (this.#size < KEPT_BYTES) this.#chunks.push(chunk);
    this.#size += chunk.length;
  }

  bytes(): Buffer {
    return Buffer.concat(this.#chunks).subarray(0, KEPT_BYTES);
  }
}

/** Collects both streams; resolves with the group's id, which is the first line, or undefined when it never came. */
function collectOutput(
  child: ChildProcess,
  stdout: Collected,
  stderr: Collected,
): Promise<number | undefined> {
  child.stderr?.on("data", (chunk: Buffer) => stderr.add(chunk));
  return new Promise((resolve) => {
    let firstLine: Buffer | undefined = Buffer.alloc(0);
    child.stdout?.on("data", (chunk: Buffer) => {
      if (firstLine === undefined) return stdout.add(chunk);
      firstLine = Buffer.concat([firstLine, chunk]);
      const newline = firstLine.indexOf("\n");
      if (newline < 0) return;
      resolve(Number(firstLine.subarray(0, newline).toString()));
      stdout.add(firstLine.subarray(newline + 1));
      firstLine = undefined;
    });
    child.on("close", () => resolve(undefined));
    child.on("error", () => resolve(undefined));
  });
}

function closing(child: ChildProcess): Promise<ProcessEnd> {
  return new Promise((resolve) => {
    child.on("error", () => resolve({ how: "exited", code: 1 }));
    child.on("close", (code, signal) =>
      resolve(signal === null ? { how: "exited", code: code ?? 1 } : { how: "signalled", signal }),
    );
  });
}

async function firstOf(
  closed: Promise<ProcessEnd>,
  limits: { clock: Clock; timeoutSeconds: number; cancel: AbortSignal },
): Promise<ProcessEnd> {
  const over = new AbortController();
  const limit = pause(limits.clock, limits.timeoutSeconds, AbortSignal.any([limits.cancel, over.signal]));
  const cutShort = limit.then((elapsed): ProcessEnd => ({ how: elapsed ? "timedOut" : "cancelled" }));
  try {
    return await Promise.race([closed, cutShort]);
  } finally {
    over.abort();
  }
}

async function killGroup(host: AgentHost, group: number | undefined): Promise<void> {
  if (group === undefined || !host.isUp()) return;
  const killer = spawnUnlessDown(host, ["/bin/sh", "-c", 'kill -s KILL -- "-$1"', "sh", String(group)]);
  killer?.stdin?.end();
  if (killer !== undefined) await closing(killer);
}

async function goesDown(host: AgentHost, clock: Clock): Promise<boolean> {
  const step = 0.2;
  for (let waited = 0; waited < GOING_DOWN_SECONDS && host.isUp(); waited += step) await pause(clock, step);
  return !host.isUp();
}
