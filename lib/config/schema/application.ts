import { z } from "zod";
import { securityGroupId } from "../formats/aws";
import { httpsUrl } from "../formats/https-url";
import { hostName } from "../formats/network";
import { roleName } from "../formats/postgres";
import { secretName } from "../formats/secret";
import { text } from "../formats/text";
import { count } from "./figures";
import { dnsRecord } from "./dns-record";
import { restart } from "./restart";
import { smokeTest } from "./smoke-test";

const port = count("TCP port number", 1, 65_535).default(5432);

const ownKeys = ["host", "port", "dbname", "username", "password"];

const rewrittenKey = text('a key of the application\'s secret, such as "url"', (value) =>
  value === "" || ownKeys.includes(value)
    ? {
        why: "is no key that the switch could rewrite beside its own",
        remedy: "Name a key beside host, port, dbname, username and password.",
      }
    : undefined,
);

/** The application whose database moves: what the switch changes, how it is tested, and who may connect to the target. */
export const application = z.strictObject({
  secretName,
  roleName: roleName.default("tracker"),
  securityGroupIds: z
    .array(securityGroupId)
    .describe("a list of security group ids; it may be empty")
    .default([]),
  /** What the secret names until the switch: the switch refuses to begin with any other host or port. */
  sourceHost: hostName,
  sourcePort: port,
  /** What the secret names after the switch; the target's own address unless set. */
  targetHost: hostName.exactOptional(),
  dnsRecord: dnsRecord.exactOptional(),
  restart: restart.exactOptional(),
  healthUrls: z
    .array(httpsUrl)
    .describe("a list of HTTPS URLs that answer 2xx when the application is well; it may be empty")
    .default([]),
  healthSeconds: count("seconds", 1, 3600).default(120),
  /** Keys beside host and port whose text names the source (a URL, a reader's host): the switch rewrites it there. */
  rewrittenSecretKeys: z
    .array(rewrittenKey)
    .describe("a list of keys of the application's secret; it may be empty")
    .default([]),
  smokeTest,
});
