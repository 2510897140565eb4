import type { ChildProcess } from "node:child_process";
import { join, resolve } from "node:path";
import { removeAbandonedLabs } from "./abandoned-labs";
import { AwsDoubles, hostEnvironment } from "./aws-doubles";
import { createAuthority } from "./certificates";
import { machineEnvironment } from "./command";
import { demolish, tracesOf } from "./demolish";
import type { Host, HostName } from "./host";
import { hostKeyOf } from "./host-files";
import { baseImage } from "./image";
import { guardLab } from "./lab-guard";
import { addresses, createHost, type HostsSettings, renewHost, type TargetVolume } from "./lab-hosts";
import { enterLab, markKept, type LabRecord } from "./lab-record";
import { LabSite } from "./lab-site";
import { startHosts } from "./lab-start";
import { LabNetwork } from "./lab-network";
import { createSwitch, namespacePath } from "./network";
import { prepareRoot } from "./prepared-root";
import { assertLabPossible, defaultStateDirectory } from "./prerequisites";
import { installRequiredCommands } from "./required-commands";
import { readRootContents } from "./root-contents";
import { Snapshot } from "./snapshot";
import { provisionTarget, type TargetFacts, type TargetProvision } from "./target-provision";

export interface LabOptions {
  /** A Debian root with PostgreSQL and TimescaleDB in place of the lab's own image. It is never written to. */
  rootfs?: string;
  /** Where the lab keeps the hosts' disks: 6 GB free. Default: TIMESCALE_CUTOVER_STATE, or /var/tmp/timescale-cutover. */
  stateDirectory?: string;
  /** `stop` leaves the hosts up and logs how to enter them. */
  keep?: boolean;
  region?: string;
  /** The account that the AWS doubles say they are: twelve digits. */
  account?: string;
  instanceIds?: Partial<Record<HostName, string>>;
  /** Size of the target's data volume in MiB; it is sparse on this machine. */
  targetVolumeMb?: number;
  /** What is on the target's data volume at first, and when the target finds it. Default: blank, at its first start. */
  targetVolume?: Omit<TargetVolume, "sizeMb">;
  /** A snapshot (`Lab.snapshot`): the hosts start as after a reboot, with all that was on their disks. Default: as made new. */
  from?: string;
  /** The read-only layers of the target's root (uppermost first), made of those of all hosts. Default: the same. */
  targetLayers?: (site: LabSite, layers: readonly string[]) => Promise<readonly string[]>;
  /** Gives what the target boots with. It is called when the doubles answer, and may put into them what the boot reads. */
  provisionTarget: (facts: TargetFacts, aws: AwsDoubles) => Promise<TargetProvision>;
  /** The hosts that are started; the others are made and stay down. Default: all three. */
  started?: readonly HostName[];
  /** Whether the lab is up only when the target's boot has ended well (`Host.awaitBoot` waits for it too). Default true. */
  awaitTarget?: boolean;
  log: (line: string) => void;
}

const defaultRegion = "eu-west-2";
const defaultVolumeMb = 4096;

/**
 * Three Linux hosts on a private network of this machine, PostgreSQL running on source and target, and AWS doubles. The
 * source's cluster is made by the lab, the target's by its own boot: cloud-init runs there, with a blank data volume.
 * Whatever ends this process takes the lab with it; after a SIGKILL the next lab to start does so.
 */
export class Lab {
  private constructor(
    readonly hosts: Readonly<Record<HostName, Host>>,
    readonly aws: AwsDoubles,
    readonly facts: TargetFacts,
    private readonly site: LabSite,
    private readonly record: LabRecord,
    private readonly options: LabOptions,
    private readonly release: () => void,
    private readonly target: { settings: HostsSettings; provision: TargetProvision | undefined },
  ) {}

  /** Throws `LabUnavailable` when this machine cannot hold the lab or the root cannot be used. */
  static async start(options: LabOptions): Promise<Lab> {
    const stateDirectory = resolve(options.stateDirectory ?? defaultStateDirectory());
    assertLabPossible(stateDirectory);
    installRequiredCommands(options.log);
    removeAbandonedLabs(options.log);
    const record = enterLab(stateDirectory);
    const release = guardLab(record);
    try {
      return await Lab.build(record, options, release);
    } catch (error) {
      release();
      demolish(record);
      throw error;
    }
  }

  /** Takes the lab down to the last trace, unless it is to be kept. */
  async stop(): Promise<void> {
    this.release();
    if (!this.options.keep) return demolish(this.record);
    markKept(this.record);
    const up = Object.values(this.hosts).filter((host) => host.isUp());
    for (const host of up) this.options.log(`${host.name}: ${host.enterCommand()}`);
  }

  /**
   * Kills the target, and boots another instance in its place: at the same address, with the same user data, and with
   * nothing of what the first had on its root disk; on its data volume neither, unless that is kept.
   */
  async replaceTarget(volume: "blank" | "kept" = "blank"): Promise<void> {
    const { target } = this.hosts;
    const { settings, provision } = this.target;
    if (provision === undefined)
      throw new Error("The target was never started: nothing is there to replace.");
    await target.kill();
    renewHost(target, settings, volume);
    provisionTarget(target, provision);
    await target.boot();
  }

  get postgresql(): { major: number; version: string } {
    return this.facts.postgresql;
  }

  /** The version that CREATE EXTENSION gives on the hosts. */
  get timescaledb(): string {
    return this.facts.timescaledb;
  }

  get postgis(): string {
    return this.facts.postgis;
  }

  get id(): string {
    return this.record.id;
  }

  /** A file of the lab's own on this machine, which goes with it. */
  file(name: string): string {
    return join(this.site.directory, name);
  }

  /** The hosts' network as the switch sees it. */
  get network(): LabNetwork {
    return new LabNetwork(this.site);
  }

  /** What a member of the lab that is no host has printed last. */
  lastWordsOf(member: string): string {
    return this.site.lastOfLog(member);
  }

  /** Starts a process of this machine on the hosts' network, where it finds them and AWS; it lives as long as the lab. */
  spawnOnNetwork(member: string, argv: readonly string[], env: Record<string, string>): ChildProcess {
    const inside = ["nsenter", `--net=${namespacePath(this.site.namespace("switch"))}`];
    const aws = hostEnvironment(member, this.options.region ?? defaultRegion);
    return this.site.spawn(member, [...inside, ...argv], { ...machineEnvironment(), ...aws, ...env });
  }

  /** Shuts the hosts down in order and keeps their disks in a directory, whole or not at all, for labs to start `from`. */
  async snapshot(directory: string): Promise<void> {
    await Promise.all(Object.values(this.hosts).map((host) => host.shutDown()));
    Snapshot.take(directory, this.site, this.hosts);
  }

  /** What of the lab is on this machine, a line each; nothing once it was stopped. */
  traces(): string[] {
    return tracesOf(this.record);
  }

  private static async build(record: LabRecord, options: LabOptions, release: () => void): Promise<Lab> {
    const { log, region = defaultRegion, account = "123456789012", instanceIds = {} } = options;
    const site = new LabSite(record);
    site.create();
    const image = await baseImage(site, log);
    const layers = options.rootfs === undefined ? [image] : await prepareRoot(site, options.rootfs, log);
    const targetLayers = (await options.targetLayers?.(site, layers)) ?? layers;
    createSwitch(site);
    const snapshot = options.from === undefined ? undefined : new Snapshot(options.from);
    if (snapshot === undefined) createAuthority(site.authority);
    else snapshot.restoreAuthority(site);
    const sizeMb = options.targetVolumeMb ?? defaultVolumeMb;
    const targetVolume: TargetVolume = { sizeMb, ...options.targetVolume };
    const settings: HostsSettings = { site, layers, region, instanceIds, targetVolume, snapshot };
    const target = {
      settings: { ...settings, layers: targetLayers },
      provision: undefined as TargetProvision | undefined,
    };
    const hosts = {
      source: createHost("source", settings),
      target: createHost("target", target.settings),
      repository: createHost("repository", settings),
    };
    const facts: TargetFacts = {
      ...readRootContents(hosts.source.root),
      address: addresses.target,
      repositoryHostKey: hostKeyOf(hosts.repository.root),
    };
    const { postgresql, timescaledb, postgis } = facts;
    log(
      `booting hosts with PostgreSQL ${postgresql.version}, TimescaleDB ${timescaledb}, PostGIS ${postgis}`,
    );
    const aws = AwsDoubles.start(site, image, { region, account });
    const provide: LabOptions["provisionTarget"] = async (...on) =>
      (target.provision = await options.provisionTarget(...on));
    await startHosts(hosts, facts, aws, { ...options, snapshot, provisionTarget: provide });
    return new Lab(hosts, await aws, facts, site, record, options, release, target);
  }
}
