import { randomBytes } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { command } from "./command";
import { preloadAwsCli } from "./preloaded-aws-cli";
import { linkInRoot, writeInRoot } from "./root-files";

/** The service that stands for the SSM agent: commands run in its cgroup and its environment, as on EC2. */
export const agentService = "amazon-ssm-agent.service";
/** The version that the stand-in says it is. */
export const agentVersion = "3.3.3050.0";

/** Services that have no work in the lab, would wait for a network or hardware, or would start work of their own. */
const maskedUnits = [
  "apt-daily.timer",
  "apt-daily-upgrade.timer",
  "console-getty.service",
  "dpkg-db-backup.timer",
  "e2scrub_all.timer",
  "e2scrub_reap.service",
  "fstrim.timer",
  "man-db.timer",
  "networking.service",
  "snapd.seeded.service",
  "snapd.service",
  "snapd.socket",
  "sshd-keygen.service",
  "systemd-networkd-wait-online.service",
  "systemd-networkd.service",
  "systemd-networkd.socket",
  "systemd-resolved.service",
  "unattended-upgrades.service",
];

export interface HostIdentity {
  name: string;
  address: string;
  /** Name to address, of every host of the lab. */
  names: Record<string, string>;
  /** What each process of the host finds in its environment: on EC2 the instance's role and region are there for all. */
  environment: Record<string, string>;
}

/** Writes into a host's root, before it boots, who it is. */
export function writeHostFiles(root: string, host: HostIdentity): void {
  removeFormerLife(root);
  writeInRoot(root, "etc/hostname", `${host.name}\n`);
  writeInRoot(root, "etc/hosts", hostsFile(host.names));
  writeInRoot(root, "etc/machine-id", `${randomBytes(16).toString("hex")}\n`);
  writeInRoot(root, "etc/resolv.conf", "# The lab has no name server: see /etc/hosts.\n");
  writeInRoot(root, "etc/cloud/cloud-init.disabled", ""); // A host that has a cloud seed loses it again.
  writeEnvironment(root, host.environment);
  writeAgent(root);
  preloadAwsCli(root);
  for (const unit of maskedUnits) linkInRoot(root, `etc/systemd/system/${unit}`, "/dev/null");
  renewHostKey(root);
}

/** A root that somebody has used may hold a cluster, which would start by itself, and what cloud-init did there. */
function removeFormerLife(root: string): void {
  const folders = ["etc/postgresql", "var/lib/postgresql", "var/lib/cloud", "var/lib/timescale-cutover"];
  for (const folder of folders.map((path) => join(root, path))) {
    if (!existsSync(folder)) continue;
    for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

function hostsFile(names: Record<string, string>): string {
  const hosts = Object.entries(names).map(([name, address]) => `${address} ${name}`);
  return ["127.0.0.1 localhost", "::1 localhost", ...hosts, ""].join("\n");
}

/** For services and transient units, for logins, and for what is run through sudo. */
function writeEnvironment(root: string, environment: Record<string, string>): void {
  const entries = Object.entries(environment);
  const assignments = entries.map(([name, value]) => `"${name}=${value}"`).join(" ");
  writeInRoot(root, "etc/systemd/system.conf.d/lab.conf", `[Manager]\nDefaultEnvironment=${assignments}\n`);
  writeInRoot(root, "etc/environment", entries.map(([name, value]) => `${name}=${value}\n`).join(""));
  writeInRoot(
    root,
    "etc/sudoers.d/lab",
    `Defaults env_keep += "${Object.keys(environment).join(" ")}"\n`,
    0o440,
  );
}

function writeAgent(root: string): void {
  const unit = [
    "[Unit]",
    "Description=Stand-in for the SSM agent",
    "[Service]",
    "ExecStart=/bin/sleep infinity",
    "Restart=always",
    "# As the real one: what it started outlives its restart.",
    "KillMode=process",
    "Delegate=yes",
    "",
  ];
  writeInRoot(root, `etc/systemd/system/${agentService}`, unit.join("\n"));
  writeInRoot(
    root,
    "usr/bin/amazon-ssm-agent",
    `#!/bin/sh\necho "SSM Agent version: ${agentVersion}"\n`,
    0o755,
  );
  linkInRoot(
    root,
    `etc/systemd/system/multi-user.target.wants/${agentService}`,
    `/etc/systemd/system/${agentService}`,
  );
}

/** Each host has a key of its own; one kind is enough, and quick to make. */
function renewHostKey(root: string): void {
  const folder = join(root, "etc/ssh");
  for (const name of readdirSync(folder).filter((name) => /^ssh_host_.*_key/.test(name)))
    rmSync(join(folder, name));
  command([
    "chroot",
    root,
    "ssh-keygen",
    "-q",
    "-t",
    "ed25519",
    "-N",
    "",
    "-f",
    "/etc/ssh/ssh_host_ed25519_key",
  ]);
}

/** The public half of a host's key, "TYPE BASE64". */
export function hostKeyOf(root: string): string {
  const file = join(root, "etc/ssh/ssh_host_ed25519_key.pub");
  return readFileSync(file, "utf8").trim().split(" ").slice(0, 2).join(" ");
}
