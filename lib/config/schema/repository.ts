import { z } from "zod";
import { hostKey } from "../formats/host-key";
import { hostName, ipv4Address, oneHostCidr } from "../formats/network";
import { userKey } from "../formats/user-key";
import { count } from "./figures";
import { pgbackrest } from "./pgbackrest";

/** The host that keeps the backups; it exists already and is not ours. */
export const repository = z.strictObject({
  hostName: hostName.default("pg-backrest.timescale.glimpse.internal"),
  address: ipv4Address.default("172.31.203.209"),
  /** Public; whoever answers at the address with another key is not the repository host. */
  hostKey,
  /** Of the user that starts backups there; without it the target lets nobody in over SSH for them. */
  publicKey: userKey.optional(),
  sshPort: count("TCP port number", 1, 65_535).default(22),
  sshFrom: oneHostCidr.default("172.31.203.209/32"),
  pgbackrest,
});
