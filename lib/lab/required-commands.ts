import { accessSync, constants, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { command, CommandFailed, debianFolders, machineEnvironment } from "./command";
import { LabUnavailable } from "./lab-unavailable";

/** What the lab runs on this machine, and the Debian package that holds it. */
const packageOf: Record<string, string> = {
  "systemd-nspawn": "systemd-container",
  mmdebstrap: "mmdebstrap",
  ip: "iproute2",
  socat: "socat",
  openssl: "openssl",
  "mkfs.ext4": "e2fsprogs",
  e2fsck: "e2fsprogs",
  resize2fs: "e2fsprogs",
  mount: "mount",
  losetup: "mount",
  nsenter: "util-linux",
  unshare: "util-linux",
  flock: "util-linux",
};

/** mmdebstrap checks the mirror's signatures with it. */
const keyring = "/usr/share/keyrings/debian-archive-keyring.gpg";

/** Installs what the lab lacks on this machine. */
export function installRequiredCommands(log: (line: string) => void): void {
  installCommands(packageOf, log);
}

/**
 * Installs the packages of commands that are missing, with apt, without a question. Several labs may do so at once: they
 * take turns.
 *
 * @throws LabUnavailable when they cannot be installed
 */
export function installCommands(
  packages: Readonly<Record<string, string>>,
  log: (line: string) => void,
): void {
  const missing = missingPackages(packages);
  if (missing.length === 0) return;
  if (!isDebianCommand("apt-get")) {
    throw new LabUnavailable(
      `The lab needs ${missing.join(", ")}, and this machine has no apt-get to install them.`,
    );
  }
  log(`installing ${missing.join(", ")}`);
  try {
    aptGet("update");
    aptGet("install", "--yes", "--no-install-recommends", ...missing);
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    const reason = error.output.trim().split("\n").at(-1) ?? "";
    throw new LabUnavailable(
      `The lab needs ${missing.join(", ")}, and apt-get could not install them: ${reason}`,
    );
  }
}

function missingPackages(wanted: Readonly<Record<string, string>>): string[] {
  const packages = Object.entries(wanted).flatMap(([name, owner]) => (isDebianCommand(name) ? [] : [owner]));
  if (!existsSync(keyring)) packages.push("debian-archive-keyring");
  return [...new Set(packages)];
}

function aptGet(...args: string[]): void {
  const lock = "/run/lock/timescale-cutover-apt";
  mkdirSync("/run/lock", { recursive: true });
  const env = { ...machineEnvironment(), DEBIAN_FRONTEND: "noninteractive" };
  command(["flock", lock, "apt-get", "--quiet=2", "--option=DPkg::Lock::Timeout=300", ...args], { env });
}

/** Whether a command is where Debian has it, and where the lab and the tests call it. */
export function isDebianCommand(name: string): boolean {
  return debianFolders.some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
