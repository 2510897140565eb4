import { spawnSync } from "node:child_process";

/** A command of this machine ended badly. The message holds the command line and what it printed. */
export class CommandFailed extends Error {
  override readonly name = "CommandFailed";

  constructor(
    readonly argv: readonly string[],
    readonly code: number | null,
    readonly output: string,
  ) {
    super(`${argv.join(" ")} ended with ${code ?? "a signal"}: ${output.trim() || "(it printed nothing)"}`);
  }
}

/** This process's environment, with the places of administrators' commands, which `su` and `cron` leave out of PATH. */
export function machineEnvironment(): NodeJS.ProcessEnv {
  return {
    ...process.env,
    PATH: `${process.env["PATH"] ?? "/usr/bin:/bin"}:/usr/local/sbin:/usr/sbin:/sbin`,
  };
}

/**
 * Runs a short command (ip, mount, mkfs) to its end and returns its stdout. It is synchronous so that the same code
 * can take the lab down from a signal handler or from the process's exit, where nothing may be awaited.
 */
export function command(argv: readonly string[], options: { env?: NodeJS.ProcessEnv } = {}): string {
  const [file = "", ...rest] = argv;
  const result = spawnSync(file, rest, { encoding: "utf8", env: options.env ?? machineEnvironment() });
  if (result.error) throw new CommandFailed(argv, null, result.error.message);
  if (result.status !== 0) throw new CommandFailed(argv, result.status, result.stderr || result.stdout);
  return result.stdout;
}

/** Waits without giving way to other work: for the same callers as `command`. */
export function sleepSync(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
