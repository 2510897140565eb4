import { z } from "zod";
import { instanceType } from "../formats/aws";
import { absolutePath } from "../formats/path";
import { patterned } from "../formats/text";
import { count } from "./figures";
import { image } from "./image";
import { network } from "./network";
import { packages, packageSources } from "./packages";

const localeName = patterned(
  'the name of a locale with its encoding, such as "en_GB.UTF-8"',
  /^[a-z]{2,3}_[A-Z]{2}\.UTF-8$/,
  "is no name of a UTF-8 locale",
);

const LARGEST_GP3_GIB = 16_384;
/** EC2's largest instance has 32 TiB. */
const LARGEST_MEMORY_GIB = 32_768;

export const target = z.strictObject({
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
  generation: count("generation of the instance", 1, 999).default(1),
  image,
  network,
  rootVolumeGiB: count("GiB", 1, LARGEST_GP3_GIB).default(25),
  dataVolumeGiB: count("GiB", 1, LARGEST_GP3_GIB).default(50),
  dataMount: absolutePath.default("/var/lib/postgresql"),
  port: count("TCP port number", 1, 65_535).default(5432),
  locales: z
    .array(localeName)
    .describe('a list of locales, such as ["en_GB.UTF-8"]; it may be empty')
    .default(["en_GB.UTF-8", "en_US.UTF-8"]),
  archiveTimeoutSeconds: count("seconds", 1, 3600).default(60),
  maxConnections: count("connections", 20, 10_000).default(100),
  dumpDirectory: absolutePath.default("/var/lib/postgresql/cutover-dump"),
  packages,
  packageSources: packageSources.prefault({}),
});
