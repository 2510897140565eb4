import { rmSync } from "node:fs";
import { join } from "node:path";
import { writeInRoot } from "./root-files";

/** What cloud-init finds on a new machine. */
export interface CloudSeed {
  /** cloud-init runs once for each of them. */
  instanceId: string;
  hostName: string;
  userData: string;
}

const folder = "var/lib/cloud/seed/nocloud";
/** EC2 takes no more; a template that is synthesized is checked for it as well. */
const largestUserData = 16_384;

/**
 * Enables cloud-init on a host and gives it what EC2's metadata service gives an instance, by way of NoCloud's folder.
 * For a host that does not run, or one whose next boot shall have another instance's id.
 */
export function writeCloudSeed(root: string, { instanceId, hostName, userData }: CloudSeed): void {
  const size = Buffer.byteLength(userData);
  if (size > largestUserData)
    throw new Error(`The user data has ${size} bytes; EC2 takes ${largestUserData}.`);
  rmSync(join(root, "etc/cloud/cloud-init.disabled"), { force: true });
  // The interface is set up from outside, as the lab's network.
  writeInRoot(
    root,
    "etc/cloud/cloud.cfg.d/99-lab.cfg",
    "datasource_list: [NoCloud]\nnetwork: {config: disabled}\n",
  );
  writeInRoot(root, `${folder}/meta-data`, `instance-id: ${instanceId}\nlocal-hostname: ${hostName}\n`);
  writeInRoot(root, `${folder}/user-data`, userData);
}
