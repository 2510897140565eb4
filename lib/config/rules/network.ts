import { z } from "zod";
import { environmentSchema } from "../environment";
import { network } from "../schema/network";
import { repository } from "../schema/repository";
import { rule } from "./rule";

export const zoneIsInTheRegion = rule(
  z.object({
    aws: environmentSchema.shape.aws.pick({ region: true }).strip(),
    target: z.object({ network: network.pick({ availabilityZone: true }).strip() }),
  }),
  ({ aws, target: { network } }) => {
    if (network.availabilityZone.slice(0, -1) === aws.region) return [];
    return [
      {
        path: ["target", "network", "availabilityZone"],
        why: `is no zone of aws.region, ${aws.region}`,
        remedy: `Write the zone of the subnet, such as "${aws.region}a", or correct aws.region.`,
      },
    ];
  },
);

export const targetIsNotTheRepositoryHost = rule(
  z.object({
    target: z.object({ network: network.pick({ privateAddress: true }).strip() }),
    repository: repository.pick({ address: true }).strip(),
  }),
  ({ target: { network }, repository }) => {
    if (network.privateAddress !== repository.address) return [];
    return [
      {
        path: ["target", "network", "privateAddress"],
        why: "is the repository host's address",
        remedy: "Choose a free address of the target's own subnet.",
      },
    ];
  },
);

export const sshIsFromTheRepositoryHost = rule(
  z.object({ repository: repository.pick({ address: true, sshFrom: true }).strip() }),
  ({ repository: { address, sshFrom } }) => {
    if (sshFrom === `${address}/32`) return [];
    return [
      {
        path: ["repository", "sshFrom"],
        why: `is not the repository host, which has the address ${address}: nobody else may reach the target over SSH`,
        remedy: `Write "${address}/32", or correct repository.address.`,
      },
    ];
  },
);
