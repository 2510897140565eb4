import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { removeAbandonedLabs } from "./abandoned-labs";
import { AwsDoubles } from "./aws-doubles";
import { createAuthority } from "./certificates";
import { demolish, tracesOf } from "./demolish";
import type { Host, HostName } from "./host";
import { baseImage } from "./image";
import { guardLab } from "./lab-guard";
import { addresses, createHost, labNetwork, type HostsSettings } from "./lab-hosts";
import { enterLab, markKept, type LabRecord } from "./lab-record";
import { LabSite } from "./lab-site";
import { createSwitch } from "./network";
import { prepareRoot } from "./prepared-root";
import { assertLabPossible, defaultStateDirectory } from "./prerequisites";
import { installRequiredCommands } from "./required-commands";
import { readRootContents } from "./root-contents";

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
  log: (line: string) => void;
}

/**
 * Three Linux hosts on a private network of this machine, PostgreSQL running on source and target, and AWS doubles.
 * Whatever ends this process takes the lab with it; after a SIGKILL the next lab to start does so.
 */
export class Lab {
  private constructor(
    readonly hosts: Readonly<Record<HostName, Host>>,
    readonly aws: AwsDoubles,
    readonly postgresql: { major: number; version: string },
    /** The versions that CREATE EXTENSION gives on the hosts. */
    readonly timescaledb: string,
    readonly postgis: string,
    private readonly record: LabRecord,
    private readonly options: LabOptions,
    private readonly release: () => void,
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
    for (const host of Object.values(this.hosts)) this.options.log(`${host.name}: ${host.enterCommand()}`);
  }

  get id(): string {
    return this.record.id;
  }

  /** What of the lab is on this machine, a line each; nothing once it was stopped. */
  traces(): string[] {
    return tracesOf(this.record);
  }

  private static async build(record: LabRecord, options: LabOptions, release: () => void): Promise<Lab> {
    const {
      log,
      region = "eu-west-2",
      account = "123456789012",
      targetVolumeMb = 4096,
      instanceIds = {},
    } = options;
    const site = new LabSite(record);
    site.create();
    const image = await baseImage(site, log);
    const layers = options.rootfs === undefined ? [image] : await prepareRoot(site, options.rootfs, log);
    createSwitch(site);
    const authority = join(site.directory, "authority");
    createAuthority(authority);
    const settings: HostsSettings = { site, layers, authority, region, instanceIds, targetVolumeMb };
    const hosts = {
      source: createHost("source", settings),
      target: createHost("target", settings),
      repository: createHost("repository", settings),
    };
    const { postgresql, timescaledb, postgis } = readRootContents(hosts.source.root);
    log(
      `booting three hosts with PostgreSQL ${postgresql.version}, TimescaleDB ${timescaledb}, PostGIS ${postgis}`,
    );
    const aws = AwsDoubles.start(site, image, { region, account });
    await Promise.all([
      bootWithCluster(hosts.source, postgresql.major),
      bootWithCluster(hosts.target, postgresql.major),
      hosts.repository.boot(),
      aws,
    ]);
    return new Lab(hosts, await aws, postgresql, timescaledb, postgis, record, options, release);
  }
}

async function bootWithCluster(host: Host, major: number): Promise<void> {
  await host.boot();
  const script = readFileSync(join(__dirname, "provision", "cluster.sh"), "utf8");
  const argv = ["bash", "-s", "--", String(major), addresses[host.name], labNetwork];
  const { code, stdout, stderr } = await host.run(argv, { input: script, timeoutMs: 120_000 });
  if (code !== 0) throw new Error(`No cluster could be made on the ${host.name} host: ${stderr || stdout}`);
}
