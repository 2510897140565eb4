import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { command, sleepSync } from "./command";
import { LabSite } from "./lab-site";
import { strikeLab, type LabRecord } from "./lab-record";
import { mountsBelow } from "./mounts";

/**
 * Takes a lab down to the last trace: processes, mounts, loop devices, network namespaces, cgroups, files. It is
 * synchronous (see `command`) and may be repeated: what is gone already is passed over.
 */
export function demolish(record: LabRecord): void {
  if (basename(record.directory) !== record.id) throw new Error(`${record.directory} is no lab's directory.`);
  const site = new LabSite(record);
  site.cgroup.killAll();
  unmountBelow(site.directory);
  detachLoopDevicesOf(site.directory);
  removeNamespacesOf(site.name);
  site.cgroup.remove();
  removeFiles(site);
  strikeLab(record.id);
}

/** Names that could hold something of a lab of this name, for a person or a test to see that nothing is left. */
export function tracesOf(record: Pick<LabRecord, "id" | "directory">): string[] {
  const site = new LabSite(record);
  const traces = [
    ...mountsBelow(site.directory).map(({ target }) => `mount ${target}`),
    ...loopDevicesOf(site.directory).map((device) => `loop device ${device}`),
    ...namespacesOf(site.name).map((name) => `network namespace ${name}`),
    ...site.cgroup.directories().map((directory) => `cgroup ${directory}`),
    ...[site.directory, site.runDirectory].filter(existsSync).map((path) => `directory ${path}`),
    ...processesNaming(site.name).map((process) => `process ${process}`),
  ];
  return traces;
}

function unmountBelow(directory: string): void {
  for (let attempt = 0; ; attempt += 1) {
    const mounts = mountsBelow(directory);
    if (mounts.length === 0) return;
    for (const { target } of mounts) {
      try {
        command(["umount", target]);
      } catch (error) {
        // A killed process lets go of its files a moment after it has died.
        if (attempt >= 600 && mountsBelow(directory).length > 0) throw error;
        sleepSync(100);
        break;
      }
    }
  }
}

/** The kernel lets go of a device a moment after the last of those who had it mounted has died. */
function detachLoopDevicesOf(directory: string): void {
  for (let attempt = 0; loopDevicesOf(directory).length > 0; attempt += 1) {
    if (attempt >= 1200) throw new Error(`${loopDevicesOf(directory).join(", ")} cannot be detached.`);
    for (const device of loopDevicesOf(directory)) {
      remove(["losetup", "--detach", device], () => loopDevicesOf(directory).includes(device));
    }
    if (loopDevicesOf(directory).length > 0) sleepSync(50);
  }
}

function loopDevicesOf(directory: string): string[] {
  return readdirSync("/sys/block")
    .filter((name) => name.startsWith("loop"))
    .filter((name) => {
      try {
        return readFileSync(`/sys/block/${name}/loop/backing_file`, "utf8").startsWith(`${directory}/`);
      } catch {
        return false; // Not in use.
      }
    })
    .map((name) => join("/dev", name));
}

function removeNamespacesOf(labName: string): void {
  for (const namespace of namespacesOf(labName)) {
    remove(["ip", "netns", "delete", namespace], () => namespacesOf(labName).includes(namespace));
  }
}

/** Two labs that start at the same moment may both take down what a third one left. */
function remove(argv: string[], isThere: () => boolean): void {
  try {
    command(argv);
  } catch (error) {
    if (isThere()) throw error;
  }
}

function namespacesOf(labName: string): string[] {
  if (!existsSync("/run/netns")) return [];
  return readdirSync("/run/netns").filter((name) => name.startsWith(`${labName}-`));
}

function removeFiles(site: LabSite): void {
  rmSync(site.directory, { recursive: true, force: true, maxRetries: 3 });
  rmSync(site.runDirectory, { recursive: true, force: true });
  for (const folder of ["propagate", "unix-export"]) {
    removeNamed(join("/run/systemd/nspawn", folder), site.name);
  }
}

/** nspawn leaves an empty folder for each machine when it is killed. */
function removeNamed(folder: string, labName: string): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder).filter((name) => name.startsWith(`${labName}-`))) {
    rmSync(join(folder, name), { recursive: true, force: true });
  }
}

function processesNaming(labName: string): string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const line = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
        return line.includes(labName) ? [`${pid} (${line})`] : [];
      } catch {
        return [];
      }
    });
}
