import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { command } from "./command";
import type { Host, HostName } from "./host";
import type { LabSite } from "./lab-site";
import type { TargetProvision } from "./target-provision";

/** What the target has booted with, in its root. */
const userDataFile = "var/lib/cloud/seed/nocloud/user-data";

/**
 * The disks of a lab's hosts that were shut down in order, in a directory: other labs start from them as after a reboot,
 * with the same keys and addresses. A host's layer is only read, so that starting from it copies nothing.
 */
export class Snapshot {
  constructor(private readonly directory: string) {
    if (!existsSync(directory)) throw new Error(`There is no snapshot in ${directory}.`);
  }

  /** Keeps the disks of hosts that are down, whole or not at all. */
  static take(directory: string, site: LabSite, hosts: Readonly<Record<HostName, Host>>): void {
    const unfinished = `${directory}.unfinished`;
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(unfinished, { recursive: true, mode: 0o700 });
    for (const name of Object.keys(hosts)) copy(join(site.directory, name, "upper"), join(unfinished, name));
    copy(hosts.target.volumeFile(), join(unfinished, "volume"));
    copy(site.authority, join(unfinished, "authority"));
    renameSync(unfinished, directory);
  }

  /** The layers of a host's root, uppermost first, over those that all hosts have. */
  layersOf(name: HostName, layers: readonly string[]): readonly string[] {
    return [join(this.directory, name), ...layers];
  }

  /** The file that the target's data volume starts as a copy of. */
  get volume(): string {
    return join(this.directory, "volume");
  }

  /** Makes the authority that the hosts know the lab's. */
  restoreAuthority(site: LabSite): void {
    copy(join(this.directory, "authority"), site.authority);
  }

  /** Throws unless the target would be given what it has booted with. */
  assertProvision({ userData }: TargetProvision): void {
    if (readFileSync(join(this.directory, "target", userDataFile), "utf8") !== userData)
      throw new Error(`The target of ${this.directory} has booted with other user data.`);
  }
}

/** With owners, modes, attributes and what an overlay leaves for a file that is gone. */
function copy(from: string, to: string): void {
  command(["cp", "--archive", "--sparse=always", from, to]);
}
