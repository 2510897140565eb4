import { writeCloudSeed } from "./cloud-seed";
import { writeDeviceLinks } from "./device-links";
import type { Host } from "./host";
import type { RootContents } from "./root-contents";
import { readableByServices } from "./root-files";
import { letFindS3 } from "./s3-endpoint";

/** What the target's configuration has to say to be true in the lab. */
export interface TargetFacts extends RootContents {
  address: string;
  /** The repository host's public key, "TYPE BASE64". */
  repositoryHostKey: string;
}

/** What EC2 would give the instance. */
export interface TargetProvision {
  userData: string;
  /** The id that the data volume goes by: "vol-" and hexadecimal digits. */
  volumeId: string;
  /** The names by which it asks for S3 over TLS. */
  s3Names?: readonly string[];
}

/** Writes into the target's root what its first boot finds on a new instance. */
export function provisionTarget(target: Host, { userData, volumeId, s3Names }: TargetProvision): void {
  readableByServices(() => {
    writeDeviceLinks(target.root, volumeId);
    if (s3Names) letFindS3(target.root, s3Names);
    writeCloudSeed(target.root, { instanceId: target.instanceId, hostName: target.name, userData });
  });
}
