import { z } from "zod";
import { hostName } from "../formats/network";
import { patterned } from "../formats/text";
import { count } from "./figures";

const hostedZoneId = patterned(
  'the id of a Route 53 hosted zone (Z and capital letters and digits), such as "Z0123456789ABCDEFGHIJ"',
  /^Z[A-Z0-9]{1,31}$/,
  "is no id of a hosted zone",
);

/** A record of Route 53 that the switch points at the target: type A or CNAME, as it is now. */
export const dnsRecord = z.strictObject({
  hostedZoneId,
  name: hostName,
  ttlSeconds: count("seconds", 1, 86_400).default(60),
});
