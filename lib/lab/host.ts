import { spawn, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { inCgroups } from "./cgroups";
import { agentService } from "./host-files";
import { findInit, rootCgroupOf } from "./host-init";
import { collect, type RunOptions, type RunResult } from "./host-run";
import type { LabSite } from "./lab-site";
import { namespacePath } from "./network";
import { isAlive, type ProcessIdentity } from "./process-identity";

export type HostName = "source" | "target" | "repository";

export interface HostSettings {
  site: LabSite;
  name: HostName;
  instanceId: string;
  address: string;
  /** The host's root, mounted on this machine. */
  root: string;
  environment: Record<string, string>;
  /** Directories of this machine that the host sees at another path. */
  binds: { from: string; to: string }[];
}

const bootScript = join(__dirname, "boot", "run-host.sh");
const bootTimeoutMs = 90_000;

/** A Linux host with systemd as its init, in namespaces and cgroups of its own. */
export class Host {
  readonly name: HostName;
  readonly instanceId: string;
  readonly address: string;
  readonly root: string;
  private init: ProcessIdentity | undefined;

  constructor(private readonly settings: HostSettings) {
    this.name = settings.name;
    this.instanceId = settings.instanceId;
    this.address = settings.address;
    this.root = settings.root;
  }

  isUp(): boolean {
    return this.init !== undefined && isAlive(this.init);
  }

  /** Starts the host and returns when systemd says that it is running, every unit of it included. */
  async boot(): Promise<void> {
    if (this.isUp()) return;
    const { site, name } = this.settings;
    const supervisor = site.spawn(supervisorOf(name), [
      "bash",
      bootScript,
      ...site.cgroup.member(name),
      "--",
      ...this.nspawnOptions(),
    ]);
    await this.waitUntilRunning(() => supervisor.exitCode === null && supervisor.signalCode === null);
  }

  /** Restarts the host in order: its services are stopped, its memory is lost, its disks stay. */
  async reboot(): Promise<void> {
    const before = this.requireInit();
    await this.run(["systemctl", "reboot"]);
    const deadline = Date.now() + bootTimeoutMs;
    while (isAlive(before) && Date.now() < deadline) await sleep(50);
    await this.waitUntilRunning(() => true);
  }

  /** Ends the host without warning: every process of it is SIGKILLed at once. What it had written to disk stays. */
  async kill(): Promise<void> {
    if (this.init && this.isUp()) process.kill(this.init.pid, "SIGKILL");
    const { site, name } = this.settings;
    const deadline = Date.now() + 20_000;
    while (site.cgroup.pidsOf(name).length > 0) {
      if (Date.now() > deadline) throw new Error(`The ${name} host does not die.`);
      await sleep(20);
    }
    this.init = undefined;
  }

  /**
   * Starts a process as root in the running host, as the SSM agent would: in the agent's cgroup, with its environment
   * (which has no HOME). It leads a process group of its own: kill `-pid` to end it and what it started.
   */
  spawn(argv: string[], options: { env?: Record<string, string>; cwd?: string } = {}): ChildProcess {
    const init = this.requireInit();
    const agentCgroup = join(rootCgroupOf(this.settings.site.cgroup, init), "system.slice", agentService);
    const placed = options.cwd === undefined ? argv : ["env", `--chdir=${options.cwd}`, ...argv];
    const [file = "", ...rest] = inCgroups([agentCgroup], enter(init, placed));
    const env = { ...this.agentEnvironment(), ...options.env };
    return spawn(file, rest, { env, detached: true, stdio: ["pipe", "pipe", "pipe"] });
  }

  /** Runs a process as `spawn` does, to its end. A code that is not 0 is the caller's to judge. */
  async run(argv: string[], options: RunOptions = {}): Promise<RunResult> {
    return collect(this.spawn(argv, options), argv, this.name, options);
  }

  /** The command line that takes a person on this machine into the host. */
  enterCommand(): string {
    return enter(this.requireInit(), ["bash", "--login"]).join(" ");
  }

  private agentEnvironment(): Record<string, string> {
    const path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/snap/bin";
    return { PATH: path, LANG: "C.UTF-8", ...this.settings.environment };
  }

  private nspawnOptions(): string[] {
    const { site, name, root, binds } = this.settings;
    return [
      "--quiet",
      "--boot",
      "--register=no",
      "--keep-unit",
      `--machine=${site.namespace(name)}`,
      `--hostname=${name}`,
      `--directory=${root}`,
      `--network-namespace-path=${namespacePath(site.namespace(name))}`,
      "--resolv-conf=off",
      "--timezone=off",
      "--link-journal=no",
      "--console=read-only",
      ...binds.map(({ from, to }) => `--bind=${from}:${to}`),
    ];
  }

  private async waitUntilRunning(mayStillCome: () => boolean): Promise<void> {
    const { site, name } = this.settings;
    const deadline = Date.now() + bootTimeoutMs;
    while (Date.now() < deadline) {
      this.init = findInit(site.cgroup, name);
      if (this.init && existsSync(`/proc/${this.init.pid}/root/run/systemd/private`)) {
        const state = await this.systemState(this.init);
        if (state === "running") return;
        if (state === "degraded") throw new Error(await this.describeFailedUnits());
      } else if (!mayStillCome()) {
        break;
      }
      await sleep(50);
    }
    throw new Error(
      `The ${name} host did not come up. Its console says:\n${site.lastOfLog(supervisorOf(name))}`,
    );
  }

  /** Waits for the boot to end and returns its outcome; anything else while systemd cannot be asked yet. */
  private async systemState(init: ProcessIdentity): Promise<string> {
    const [file = "", ...rest] = enter(init, ["systemctl", "is-system-running", "--wait"]);
    const child = spawn(file, rest, {
      env: this.agentEnvironment(),
      detached: true,
      stdio: ["pipe", "pipe", "pipe"],
    });
    const { stdout } = await collect(child, rest, this.name, { timeoutMs: bootTimeoutMs });
    return stdout.trim();
  }

  private async describeFailedUnits(): Promise<string> {
    const failed = await this.run([
      "systemctl",
      "list-units",
      "--failed",
      "--plain",
      "--no-legend",
      "--no-pager",
    ]);
    const units = failed.stdout.split("\n").flatMap((line) => line.trim().split(/\s+/)[0] || []);
    const journal = await this.run([
      "journalctl",
      "--no-pager",
      "-n",
      "15",
      ...units.map((unit) => `--unit=${unit}`),
    ]);
    return `The ${this.name} host is up, but ${units.join(", ")} failed:\n${journal.stdout}`;
  }

  private requireInit(): ProcessIdentity {
    if (!this.init || !this.isUp()) throw new Error(`The ${this.name} host is down.`);
    return this.init;
  }
}

/** What keeps a host up is no process of the host: it has a cgroup and a log of its own. */
function supervisorOf(name: HostName): string {
  return `${name}-supervisor`;
}

function enter(init: ProcessIdentity, argv: readonly string[]): string[] {
  const namespaces = ["--mount", "--uts", "--ipc", "--net", "--pid", "--cgroup", "--root", "--wd"];
  return ["nsenter", `--target=${init.pid}`, ...namespaces, "--", ...argv];
}
