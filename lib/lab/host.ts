import { spawn, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { assertBooted } from "./host-boot";
import { inCgroups } from "./cgroups";
import { command } from "./command";
import type { DataVolume } from "./data-volume";
import { agentService } from "./host-files";
import { findInit, rootCgroupOf } from "./host-init";
import { collect, type RunOptions, type RunResult } from "./host-run";
import type { LabSite } from "./lab-site";
import { supervisor, volumeDevice, writeNspawnOptions } from "./nspawn";
import { patienceMs } from "./patience";
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
  /** Its data volume, and whether the host finds it at its next start. */
  volume?: { data: DataVolume; attached: boolean };
}

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

  /** Starts the host and returns when its boot has ended well; throws what failed otherwise (`BootFailed` on the target). */
  async boot(): Promise<void> {
    await this.start();
    await this.awaitBoot();
  }

  /** Starts the host and returns as soon as it runs commands; its boot goes on. */
  async start(): Promise<void> {
    if (this.isUp()) return;
    const { site, name } = this.settings;
    writeNspawnOptions(this.settings);
    const process = site.spawn(supervisorOf(name), supervisor(this.settings));
    await this.waitUntilReachable(() => process.exitCode === null && process.signalCode === null);
  }

  /** Returns when the boot that the host is in has ended well; throws what failed otherwise. */
  awaitBoot(): Promise<void> {
    return assertBooted(this);
  }

  /** Restarts the host in order: its services are stopped, its memory is lost, its disks stay. */
  async reboot(): Promise<void> {
    const before = this.requireInit();
    await this.run(["systemctl", "reboot"]);
    const deadline = Date.now() + patienceMs;
    while (isAlive(before) && Date.now() < deadline) await sleep(50);
    if (isAlive(before)) throw new Error(`The ${this.name} host does not go down to reboot.`);
    await this.waitUntilReachable(() => true);
    await this.awaitBoot();
  }

  /** Shuts the host down in order: its services are stopped, its memory is lost, its disks stay. */
  async shutDown(): Promise<void> {
    if (!this.isUp()) return;
    await this.run(["systemctl", "poweroff"]);
    await this.awaitEnd();
  }

  /** Ends the host without warning: every process of it is SIGKILLed at once. What it had written to disk stays. */
  async kill(): Promise<void> {
    if (this.init && this.isUp()) process.kill(this.init.pid, "SIGKILL");
    await this.awaitEnd();
  }

  /** Makes the data volume appear in the running host, as EC2 does when it is attached, and at its next starts. */
  async attachVolume(): Promise<void> {
    const { volume } = this.settings;
    if (!volume) throw new Error(`The ${this.name} host has no data volume.`);
    volume.attached = true;
    writeNspawnOptions(this.settings);
    // Made from outside: a host may not make devices.
    const [major = "", minor = ""] = command(["stat", "--format=%Hr %Lr", volume.data.device])
      .trim()
      .split(" ");
    const inside = ["nsenter", `--target=${this.requireInit().pid}`, "--mount", "--root"];
    command([...inside, "mknod", "--mode=0660", volumeDevice, "b", major, minor]);
  }

  /** Makes the data volume of a host that is down blank again, as another volume in its place would be. */
  blankVolume(): void {
    const { volume } = this.settings;
    if (!volume) throw new Error(`The ${this.name} host has no data volume.`);
    volume.data.blank();
  }

  /** The file of this machine that holds every byte of the host's data volume. */
  volumeFile(): string {
    const { volume } = this.settings;
    if (!volume) throw new Error(`The ${this.name} host has no data volume.`);
    return volume.data.file;
  }

  /** What the host has written to its console since it was first started. */
  console(): string {
    return this.settings.site.log(supervisorOf(this.name));
  }

  /**
   * Starts a process as root in the running host, as the SSM agent would: in the agent's cgroup, with its environment
   * (which has no HOME). It leads a process group of its own: kill `-pid` to end it and what it started.
   */
  spawn(argv: string[], options: { env?: Record<string, string>; cwd?: string } = {}): ChildProcess {
    const init = this.requireInit();
    const placed = options.cwd === undefined ? argv : ["env", `--chdir=${options.cwd}`, ...argv];
    const [file = "", ...rest] = inCgroups([this.agentCgroup(init)], enter(init, placed));
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

  private async awaitEnd(): Promise<void> {
    const { site, name, volume } = this.settings;
    const deadline = Date.now() + patienceMs;
    while (site.cgroup.pidsOf(name).length > 0) {
      if (Date.now() > deadline) throw new Error(`The ${name} host does not end.`);
      await sleep(20);
    }
    await volume?.data.waitUntilFree();
    this.init = undefined;
  }

  private agentEnvironment(): Record<string, string> {
    const path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/snap/bin";
    return { PATH: path, LANG: "C.UTF-8", ...this.settings.environment };
  }

  private async waitUntilReachable(mayStillCome: () => boolean): Promise<void> {
    const { site, name } = this.settings;
    const deadline = Date.now() + patienceMs;
    while (Date.now() < deadline) {
      this.init = findInit(site.cgroup, name);
      if (this.init && this.isReachable(this.init)) return;
      if (!this.init && !mayStillCome()) break;
      await sleep(50);
    }
    throw new Error(
      `The ${name} host did not come up. Its console says:\n${site.lastOfLog(supervisorOf(name))}`,
    );
  }

  /** Commands run in the agent's cgroup, as on EC2: there are none before the agent's service is up. */
  private isReachable(init: ProcessIdentity): boolean {
    try {
      return existsSync(join(this.agentCgroup(init), "cgroup.procs"));
    } catch {
      return false; // It has died in this moment.
    }
  }

  private agentCgroup(init: ProcessIdentity): string {
    return join(rootCgroupOf(this.settings.site.cgroup, init), "system.slice", agentService);
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
