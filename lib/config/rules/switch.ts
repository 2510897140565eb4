import { z } from "zod";
import { application } from "../schema/application";
import { network } from "../schema/network";
import { target } from "../schema/target";
import { rule } from "./rule";

/** The secret tells which side is the truth: it must name the two by different words. */
export const theSwitchChangesTheSecret = rule(
  z.object({
    application: application.pick({ sourceHost: true, sourcePort: true, targetHost: true }).strip(),
    target: target
      .pick({ port: true })
      .strip()
      .extend({ network: network.pick({ privateAddress: true }).strip() }),
  }),
  ({ application: { sourceHost, sourcePort, targetHost }, target: { port, network } }) => {
    if (sourcePort !== port || sourceHost !== (targetHost ?? network.privateAddress)) return [];
    return [
      {
        path: ["application", "sourceHost"],
        why: `is what the secret would name after the switch too (port ${port}): nothing would tell which database is the truth`,
        remedy:
          "Write the host by which the application reaches the old server; where it uses one DNS name for both, give the " +
          "target a name of its own in application.targetHost.",
      },
    ];
  },
);
