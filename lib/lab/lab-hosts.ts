import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { hostEnvironment } from "./aws-doubles";
import { issueCertificate } from "./certificates";
import { command } from "./command";
import { DataVolume } from "./data-volume";
import { Host, type HostName, type HostSettings } from "./host";
import { writeHostFiles } from "./host-files";
import type { LabSite } from "./lab-site";
import { connectToSwitch } from "./network";
import { mountOverlay } from "./overlay";
import { readableByServices } from "./root-files";
import type { Snapshot } from "./snapshot";

/** The lab's network, as pg_hba.conf writes it. */
export const labNetwork = "172.31.203.0/24";
export const addresses: Record<HostName, string> = {
  source: "172.31.203.10",
  target: "172.31.203.20",
  repository: "172.31.203.209",
};
/** The ids of instances that no environment names. */
export const labInstanceIds: Record<HostName, string> = {
  source: "i-0000000000000a010",
  target: "i-0000000000000a020",
  repository: "i-0000000000000a209",
};
/** The names by which the hosts know one another: the repository's is the plan's, which the target's boot writes. */
const names = { source: addresses.source, target: addresses.target };
const repositoryName = { "pg-backrest.timescale.glimpse.internal": addresses.repository };

export interface HostsSettings {
  site: LabSite;
  /** The read-only layers of every host's root, uppermost first. */
  layers: readonly string[];
  region: string;
  instanceIds: Partial<Record<HostName, string>>;
  targetVolume: TargetVolume;
  /** What the hosts go on from; undefined where they are made new. */
  snapshot: Snapshot | undefined;
}

export interface TargetVolume {
  /** MiB; it is sparse on this machine. */
  sizeMb: number;
  /** A file that it starts as a copy of; blank without one. */
  image?: string;
  /** Whether the target finds it at its first start, or once `Host.attachVolume` was called. Default: at-boot. */
  attach?: "at-boot" | "later";
}

/** Makes a host, ready to boot: its root, its place on the network, its data volume, the files that say who it is. */
export function createHost(name: HostName, settings: HostsSettings): Host {
  return readableByServices(() => assembleHost(name, settings));
}

function assembleHost(name: HostName, settings: HostsSettings): Host {
  const { site, region } = settings;
  const [address, directory] = [addresses[name], join(site.directory, name)];
  const environment = hostEnvironment(name, region);
  const { snapshot } = settings;
  const root = mountOverlay(snapshot?.layersOf(name, settings.layers) ?? settings.layers, directory);
  connectToSwitch(site, name, address);
  if (snapshot === undefined) writeIdentity(root, name, settings);
  const instanceId = settings.instanceIds[name] ?? labInstanceIds[name];
  const volume = name === "target" ? makeVolume(directory, settings) : undefined;
  return new Host({ site, name, instanceId, address, root, environment, ...(volume && { volume }) });
}

/** Puts another instance in the place of a host that is down: its root is new, and its data volume blank or as it was. */
export function renewHost(host: Host, settings: HostsSettings, volume: "blank" | "kept"): void {
  const directory = join(settings.site.directory, host.name);
  command(["umount", host.root]);
  for (const layer of ["upper", "work"]) rmSync(join(directory, layer), { recursive: true });
  if (volume === "blank") host.blankVolume();
  readableByServices(() => writeIdentity(mountOverlay(settings.layers, directory), host.name, settings));
}

/** What says in a host's root who it is, and whom it knows. */
function writeIdentity(root: string, name: HostName, { site, region }: HostsSettings): void {
  const address = addresses[name];
  const known = name === "target" ? names : { ...names, ...repositoryName };
  writeHostFiles(root, { name, address, names: known, environment: hostEnvironment(name, region) });
  writeCertificates(root, name, address, site.authority);
}

function makeVolume(directory: string, { snapshot, targetVolume }: HostsSettings): HostSettings["volume"] {
  const { attach, ...settings } = targetVolume;
  const data = DataVolume.create(directory, {
    ...settings,
    ...(snapshot && { image: snapshot.volume, grow: true }),
  });
  return { data, attached: attach !== "later" };
}

/** Every host knows the lab's authority; the source's server has a certificate by it, the target makes one of its own. */
function writeCertificates(root: string, name: HostName, address: string, authority: string): void {
  const folder = join(root, "etc/ssl/lab");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "ca.crt"), readFileSync(join(authority, "ca.crt")));
  if (name !== "source") return;
  const { certificate, key } = issueCertificate(authority, name, address);
  writeFileSync(join(folder, "server.crt"), certificate);
  writeFileSync(join(folder, "server.key"), key, { mode: 0o600 });
}
