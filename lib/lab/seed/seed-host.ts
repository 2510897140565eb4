import type { ChildProcess } from "node:child_process";

/** What seeding needs of a running host. Processes start as root; the lab's Host satisfies it. */
export interface SeedHost {
  spawn(argv: string[], options?: { env?: Record<string, string>; cwd?: string }): ChildProcess;
}

/** Puts a command under the administrator of the server, whom the local socket takes as peer. */
export function asPostgres(argv: string[]): string[] {
  return ["runuser", "-u", "postgres", "--", ...argv];
}
