import { z } from "zod";
import { managedInstanceId, roleArn } from "../formats/aws";
import { hostName } from "../formats/network";
import { absolutePath } from "../formats/path";
import { loginName } from "../formats/postgres";
import { secretName } from "../formats/secret";
import { count } from "./figures";

const port = count("TCP port number", 1, 65_535).default(5432);

/** How long a session of the source may wait behind the dump's locks before the dump gives way. */
const maxBlockedSeconds = count("seconds", 1, 3600).default(30);

/** The old server itself is the dump host: pg_dump runs there, over the local socket (the plan's case). */
export const managedSource = z.strictObject({
  kind: z.literal("managed"),
  instanceId: managedInstanceId,
  /** Role of the source's instance: bucket and key policies let it put objects under the run's prefix. */
  roleArn,
  socketDirectory: absolutePath.default("/var/run/postgresql"),
  port,
  dumpDirectory: absolutePath.default("/var/lib/timescale-cutover/dump"),
  maxBlockedSeconds,
});

/** The target is the dump host and reaches the source over the network; no relay. */
export const networkSource = z.strictObject({
  kind: z.literal("network"),
  host: hostName,
  port,
  user: loginName,
  tls: z.enum(["require", "verify-ca", "verify-full"]).describe('"require", "verify-ca" or "verify-full"'),
  /** PEM file on the dump host with the authorities that may have signed the source's certificate. */
  rootCertificate: absolutePath.exactOptional(),
  passwordSecret: secretName,
  maxBlockedSeconds,
});

export const source = z.discriminatedUnion("kind", [managedSource, networkSource]);
