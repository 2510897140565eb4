import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { text } from "node:stream/consumers";

export interface Ended {
  stdout: string;
  stderr: string;
  /** The exit code; null for a process that a signal ended. */
  code: number | null;
}

/** Streams `input` into a process (a dump may be larger than memory), gathers what it prints and waits for its end. */
export async function feed(child: ChildProcess, input: Readable | string = ""): Promise<Ended> {
  if (!child.stdin || !child.stdout || !child.stderr) throw new Error("The process has no pipes.");
  const ended = once(child, "close") as Promise<[number | null]>;
  const printed = Promise.all([text(child.stdout), text(child.stderr)]);
  const source = typeof input === "string" ? Readable.from([input]) : input;
  const [fed] = await Promise.allSettled([pipeline(source, child.stdin)]);
  if (fed.status === "rejected" && !leftEarly(fed.reason)) {
    child.kill();
    throw fed.reason;
  }
  const [[code], [stdout, stderr]] = await Promise.all([ended, printed]);
  return { stdout, stderr, code };
}

/** A process that gives up before the end of its input says why on stderr; the broken pipe is not the news. */
function leftEarly(reason: unknown): boolean {
  const code = (reason as NodeJS.ErrnoException).code;
  return code === "EPIPE" || code === "ECONNRESET" || code === "ERR_STREAM_PREMATURE_CLOSE";
}
