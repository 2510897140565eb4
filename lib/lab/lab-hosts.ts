import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { hostEnvironment } from "./aws-doubles";
import { issueCertificate } from "./certificates";
import { mountDataVolume } from "./data-volume";
import { Host, type HostName, type HostSettings } from "./host";
import { writeHostFiles } from "./host-files";
import type { LabSite } from "./lab-site";
import { connectToSwitch } from "./network";
import { mountOverlay } from "./overlay";

/** The lab's network, as pg_hba.conf writes it. */
export const labNetwork = "172.31.203.0/24";
export const addresses: Record<HostName, string> = {
  source: "172.31.203.10",
  target: "172.31.203.20",
  repository: "172.31.203.209",
};
const defaultInstanceIds: Record<HostName, string> = {
  source: "i-0000000000000a010",
  target: "i-0000000000000a020",
  repository: "i-0000000000000a209",
};
/** The names by which the hosts know one another: the repository's is the plan's. */
const names = {
  source: addresses.source,
  target: addresses.target,
  "pg-backrest.timescale.glimpse.internal": addresses.repository,
};

export interface HostsSettings {
  site: LabSite;
  /** The read-only layers of every host's root, uppermost first. */
  layers: readonly string[];
  /** The directory of the lab's certificate authority. */
  authority: string;
  region: string;
  instanceIds: Partial<Record<HostName, string>>;
  targetVolumeMb: number;
}

/** Makes a host, ready to boot: its root, its place on the network, its data volume, the files that say who it is. */
export function createHost(name: HostName, settings: HostsSettings): Host {
  const umask = process.umask(0o022); // The hosts' services must be able to read what is made here for them.
  try {
    return assembleHost(name, settings);
  } finally {
    process.umask(umask);
  }
}

function assembleHost(name: HostName, settings: HostsSettings): Host {
  const { site, region } = settings;
  const [address, directory] = [addresses[name], join(site.directory, name)];
  const environment = hostEnvironment(name, region);
  const root = mountOverlay(settings.layers, directory);
  connectToSwitch(site, name, address);
  writeHostFiles(root, { name, address, names, environment });
  writeCertificates(root, name, address, settings.authority);
  const binds: HostSettings["binds"] = [];
  if (name === "target") {
    binds.push({ from: mountDataVolume(directory, settings.targetVolumeMb), to: "/var/lib/postgresql" });
  }
  const instanceId = settings.instanceIds[name] ?? defaultInstanceIds[name];
  return new Host({ site, name, instanceId, address, root, environment, binds });
}

function writeCertificates(root: string, name: HostName, address: string, authority: string): void {
  const folder = join(root, "etc/ssl/lab");
  const { authority: ca, certificate, key } = issueCertificate(authority, name, address);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "ca.crt"), ca);
  writeFileSync(join(folder, "server.crt"), certificate);
  writeFileSync(join(folder, "server.key"), key, { mode: 0o600 });
}
