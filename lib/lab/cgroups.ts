import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sleepSync } from "./command";
import { LabUnavailable } from "./lab-unavailable";
import { readMounts } from "./mounts";
import { patienceMs } from "./patience";

/**
 * One cgroup for everything that a lab runs, with a child for each member (a host, the doubles, …). Whatever is in it
 * belongs to the lab: that is how a lab is ended for certain, even one whose owner was killed.
 */
export class LabCgroup {
  /** Where version 2 of the hierarchy is mounted. */
  readonly mountPoint: string;
  private readonly unified: string;
  /** The same place in the version 1 hierarchy of systemd, on machines that have one: nspawn wants both. */
  private readonly mirror: string | undefined;

  constructor(labName: string) {
    const mounts = readMounts();
    const unified = mounts.find(({ type }) => type === "cgroup2");
    if (!unified) throw new LabUnavailable("The lab needs cgroup v2, which is not mounted on this machine.");
    const named = mounts.find(
      ({ type, superOptions }) => type === "cgroup" && superOptions.includes("name=systemd"),
    );
    this.mountPoint = unified.target;
    this.unified = join(unified.target, labName);
    this.mirror = named && join(named.target, labName);
  }

  create(): void {
    for (const directory of this.hierarchies()) mkdirSync(directory, { recursive: true });
    this.offerControllers();
  }

  /** The directories whose cgroup.procs a process joins to become part of the member. */
  member(name: string): string[] {
    const directories = this.hierarchies().map((directory) => join(directory, name));
    for (const directory of directories) mkdirSync(directory, { recursive: true });
    return directories;
  }

  pidsOf(member: string): number[] {
    return pidsBelow(join(this.unified, member));
  }

  /** SIGKILLs every process until none is left. */
  killAll(): void {
    const deadline = Date.now() + patienceMs;
    for (;;) {
      const pids = this.hierarchies().flatMap(pidsBelow);
      if (pids.length === 0) return;
      if (Date.now() > deadline) throw new Error(`Processes ${pids.join(", ")} do not die.`);
      for (const pid of pids) killQuietly(pid);
      sleepSync(20);
    }
  }

  remove(): void {
    for (const directory of this.hierarchies()) removeTree(directory);
  }

  /** Those of its directories that are there. */
  directories(): string[] {
    return this.hierarchies().filter((directory) => existsSync(directory));
  }

  private hierarchies(): string[] {
    return this.mirror ? [this.unified, this.mirror] : [this.unified];
  }

  /** Lets the hosts weigh CPU and I/O among their units, where the machine has these controllers in version 2. */
  private offerControllers(): void {
    const controllers = readFileSync(join(this.unified, "cgroup.controllers"), "utf8")
      .split(/\s+/)
      .filter(Boolean);
    for (const controller of controllers) {
      try {
        writeFileSync(join(this.unified, "cgroup.subtree_control"), `+${controller}`);
      } catch {
        // A controller that cannot be handed down only means that units are not weighed by it.
      }
    }
  }
}

/**
 * The argv of a process that joins the cgroups first, so that no child of it is ever outside them. It has the umask of
 * a service, whatever this process's is.
 */
export function inCgroups(directories: readonly string[], argv: readonly string[]): string[] {
  const join =
    'umask 022; while [ "$1" != -- ]; do echo $$ > "$1/cgroup.procs" || exit 125; shift; done; shift; exec "$@"';
  return ["sh", "-c", join, "sh", ...directories, "--", ...argv];
}

function childrenOf(directory: string): string[] {
  try {
    const entries = readdirSync(directory, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map((entry) => join(directory, entry.name));
  } catch {
    return []; // It went away in this moment.
  }
}

function pidsBelow(directory: string): number[] {
  const below = childrenOf(directory).flatMap(pidsBelow);
  try {
    const own = readFileSync(join(directory, "cgroup.procs"), "utf8").split("\n").filter(Boolean).map(Number);
    return [...own.filter((pid) => pid > 1), ...below];
  } catch {
    return below;
  }
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It ended by itself.
  }
}

/** A cgroup stays busy for a moment after its last process has gone. */
function removeTree(directory: string): void {
  for (const child of childrenOf(directory)) removeTree(child);
  for (let attempt = 0; existsSync(directory); attempt += 1) {
    try {
      rmdirSync(directory);
    } catch (error) {
      if (attempt >= 3000) throw error;
      sleepSync(20);
    }
  }
}
