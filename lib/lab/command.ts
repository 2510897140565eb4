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

/** Where Debian's packages have their commands. */
export const debianFolders = ["/usr/sbin", "/usr/bin", "/sbin", "/bin"];

/**
 * This process's environment, in which a command is found where Debian has it: PATH may have a shim of the same name
 * before it, and `su` and `cron` leave out the places of administrators' commands.
 */
export function machineEnvironment(): NodeJS.ProcessEnv {
  const folders = [...debianFolders, process.env["PATH"] ?? "", "/usr/local/sbin"];
  return { ...process.env, PATH: folders.filter(Boolean).join(":") };
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
