import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { machineEnvironment } from "./command";
import { inCgroups, LabCgroup } from "./cgroups";
import type { LabRecord } from "./lab-record";

/**
 * What belongs to one lab on this machine. Everything is found again by the lab's id: its directory, its run
 * directory (sockets: their paths must be short), its cgroup and its network namespaces.
 */
export class LabSite {
  readonly id: string;
  /** The lab's name on this machine: of its cgroup, its machines and, as a prefix, its network namespaces. */
  readonly name: string;
  readonly directory: string;
  readonly runDirectory: string;
  readonly cgroup: LabCgroup;

  constructor(record: Pick<LabRecord, "id" | "directory">) {
    this.id = record.id;
    this.name = `cutover-${record.id}`;
    this.directory = record.directory;
    this.runDirectory = `/run/${this.name}`;
    this.cgroup = new LabCgroup(this.name);
  }

  create(): void {
    mkdirSync(this.directory, { recursive: true, mode: 0o755 });
    mkdirSync(this.runDirectory, { recursive: true, mode: 0o755 });
    mkdirSync(join(this.directory, "logs"), { recursive: true });
    this.cgroup.create();
  }

  /** The directory of the lab's certificate authority. */
  get authority(): string {
    return join(this.directory, "authority");
  }

  namespace(member: string): string {
    return `${this.name}-${member}`;
  }

  logFile(member: string): string {
    return join(this.directory, "logs", `${member}.log`);
  }

  /** What the member has printed. */
  log(member: string): string {
    const log = this.logFile(member);
    return existsSync(log) ? readFileSync(log, "utf8") : "";
  }

  lastOfLog(member: string): string {
    return this.log(member).trim().split("\n").slice(-15).join("\n");
  }

  /**
   * Starts a process that lives as long as the lab (or the kept hosts), apart from this process's terminal: in a
   * session of its own, in the member's cgroup, its output in the member's log file.
   */
  spawn(
    member: string,
    argv: readonly string[],
    env: NodeJS.ProcessEnv = machineEnvironment(),
  ): ChildProcess {
    const [file = "", ...rest] = inCgroups(this.cgroup.member(member), argv);
    const log = openSync(this.logFile(member), "a");
    try {
      const child = spawn(file, rest, { env, detached: true, stdio: ["ignore", log, log] });
      child.unref();
      return child;
    } finally {
      closeSync(log);
    }
  }
}
