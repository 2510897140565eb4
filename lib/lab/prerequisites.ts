import { mkdirSync, statfsSync } from "node:fs";
import { LabUnavailable } from "./lab-unavailable";
import { readMounts } from "./mounts";

const stateVariable = "TIMESCALE_CUTOVER_STATE";
const gigabyte = 1e9;
const roomWanted = 6 * gigabyte;
/** The type that statfs gives for an overlay, as containers have for a root: it cannot hold another overlay. */
const overlayType = 0x794c7630;

/** Why this computer cannot hold the lab whatever is installed on it; undefined when it can. */
export function labObstacle(): string | undefined {
  if (process.platform !== "linux") return `The lab needs Linux (this is ${process.platform}).`;
  if (process.getuid?.() !== 0)
    return "The lab needs root: it makes mounts, namespaces and cgroups. Run it with sudo.";
  return undefined;
}

/** Throws `LabUnavailable` unless the lab can be built with its state in this directory. */
export function assertLabPossible(stateDirectory: string): void {
  const obstacle = labObstacle();
  if (obstacle) throw new LabUnavailable(obstacle);
  if (!readMounts().some(({ type }) => type === "cgroup2")) {
    throw new LabUnavailable("The lab needs cgroup v2, which is not mounted on this machine.");
  }
  assertRoom(stateDirectory, roomWanted, stateVariable);
  if (statfsSync(stateDirectory).type === overlayType) {
    throw new LabUnavailable(
      `${stateDirectory} is on an overlay. Set ${stateVariable} to a directory on a disk.`,
    );
  }
}

/** Where the labs keep their hosts' disks, unless the caller names another place. */
export function defaultStateDirectory(): string {
  return process.env[stateVariable] ?? "/var/tmp/timescale-cutover";
}

/**
 * Throws `LabUnavailable` unless the file system of this directory has so many bytes free. The environment variable
 * is the one that names another place.
 */
export function assertRoom(directory: string, bytes: number, variable: string): void {
  mkdirSync(directory, { recursive: true });
  const { bavail, bsize } = statfsSync(directory);
  const free = bavail * bsize;
  if (free >= bytes) return;
  const [wanted, there] = [bytes, free].map((amount) => (amount / gigabyte).toFixed(1));
  throw new LabUnavailable(
    `The lab needs ${wanted} GB free in ${directory}: it has ${there} GB. Make room, or set ${variable} to another place.`,
  );
}
