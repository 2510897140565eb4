import { z } from "zod";
import { ec2InstanceId, instanceType } from "../formats/aws";
import { absolutePath } from "../formats/path";
import { count } from "./figures";
import { image } from "./image";
import { network } from "./network";
import { packages, packageSources } from "./packages";

const LARGEST_GP3_GIB = 16_384;
/** EC2's largest instance has 32 TiB. */
const LARGEST_MEMORY_GIB = 32_768;

export const target = z.strictObject({
  instanceId: ec2InstanceId,
  instanceType: instanceType.default("t3.medium"),
  /** Read for burstable instance types only; the others have no credits. */
  cpuCredits: z.enum(["unlimited", "standard"]).describe('"unlimited" or "standard"').default("unlimited"),
  /** Only for an instance type that instance-memory.ts does not know. */
  memoryGiB: z
    .number()
    .positive()
    .max(LARGEST_MEMORY_GIB)
    .describe("the memory of the instance type in GiB, more than 0")
    .exactOptional(),
  image,
  network,
  rootVolumeGiB: count("GiB", 1, LARGEST_GP3_GIB).default(25),
  dataVolumeGiB: count("GiB", 1, LARGEST_GP3_GIB).default(50),
  dataMount: absolutePath.default("/var/lib/postgresql"),
  port: count("TCP port number", 1, 65_535).default(5432),
  maxConnections: count("connections", 20, 10_000).default(100),
  dumpDirectory: absolutePath.default("/var/lib/postgresql/cutover-dump"),
  packages,
  packageSources: packageSources.prefault({}),
});
