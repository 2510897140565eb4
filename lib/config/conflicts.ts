import type { Environment } from "./environment";
import type { KeyPath } from "./key-path";

/** What two environments must not have in common, for each would undo the other's work. */
export interface Conflict {
  path: KeyPath;
  /** Reads on from the key; `first` is the key of the environment that has it already. */
  why(first: string): string;
  remedy: string;
  arises(one: Environment, other: Environment): boolean;
}

export const conflicts: readonly Conflict[] = [
  {
    path: ["target", "network", "privateAddress"],
    why: (first) => `is the address of ${first} too, in the same subnet`,
    remedy: "Give each environment's target an address of its own.",
    arises: ({ target: { network: one } }, { target: { network: other } }) =>
      one.subnetId === other.subnetId && one.privateAddress === other.privateAddress,
  },
  {
    path: ["repository", "pgbackrest", "stanza"],
    why: (first) =>
      `is the stanza of ${first} too, on the same repository host: one cluster only can archive into it`,
    remedy: "Give each environment a stanza of its own.",
    arises: (one, other) =>
      sameRepository(one.repository, other.repository) &&
      one.repository.pgbackrest.stanza === other.repository.pgbackrest.stanza,
  },
  {
    path: ["application", "secretName"],
    why: (first) =>
      `is the application's secret of ${first} too: one's switch would move the other's application`,
    remedy: "Give each environment a secret of its own.",
    arises: (one, other) =>
      samePlace(one.aws, other.aws) && one.application.secretName === other.application.secretName,
  },
];

function sameRepository(one: Environment["repository"], other: Environment["repository"]): boolean {
  return one.address === other.address || one.hostName === other.hostName;
}

/** Secrets of one name are one secret only within one account and region. */
function samePlace(one: Environment["aws"], other: Environment["aws"]): boolean {
  return one.account === other.account && one.region === other.region;
}
