import { targetName } from "../../config/derived";
import type { Environment } from "../../config/environment";
import type { Intent } from "../consent";
import type { ReplacedHost } from "../replacement/replace-host";
import type { Stage } from "../replacement/stage";
import { printable } from "./printable";

/** What is about to happen to the instance, what of it is lost, and what stays. */
export function removalLines(
  { instance, stops, stack, volumeId, interfaceId }: Extract<Intent, { action: "replace-host" }>,
  environment: Environment,
): string[] {
  const { generation, network } = environment.target;
  return [
    `About to replace the host ${targetName(environment)} of ${environment.name}, ${instance.id} (${instance.type}, ${instance.state}):`,
    stops
      ? "  PostgreSQL is stopped there. No application can use the database until the next instance has booted."
      : "  PostgreSQL cannot be stopped there: on the next instance it recovers from its WAL, as after a power failure.",
    "  The instance's protection is lifted, and it is terminated. This cannot be undone.",
    `  Kept: the data volume ${volumeId} with the cluster, and the interface ${interfaceId} with its address ${network.privateAddress}.`,
    "  Lost: the root volume, with logs and with what was changed by hand below /etc, such as conf.d/*.conf.",
    `  Then you deploy generation ${generation} in another terminal: ${deployCommand(stack)}`,
    "  The outage lasts until that instance has booted. Interrupted, this goes on from where it was when it is run again.",
  ];
}

/** Rollback is on: without it CloudFormation refuses every deployment that replaces something. */
function deployCommand(stack: string): string {
  return `npx cdk deploy ${stack}`;
}

/** Where the replacement stands. */
export function replacementLines(stage: Stage, stack: string): string[] {
  switch (stage.at) {
    case "removal":
      return [];
    case "leaving":
      return [
        `${stage.instance.id} is ${stage.instance.state}; waiting until its volume and interface are free …`,
      ];
    case "deploy":
      return [
        "The volume and the interface are free. Deploy now, in another terminal:",
        `  ${deployCommand(stack)}`,
      ];
    case "deployment":
      return [`The stack ${stack} is ${printable(stage.status)}; waiting for its end …`];
    case "boot":
      return [`${stage.instance.id} has the host's place; waiting for its boot …`];
  }
}

/** That the cluster is back, and by what that is known. */
export function replacedLines(replaced: ReplacedHost, environment: Environment): string[] {
  const { instanceId, generation, terminated, cluster, stopped } = replaced;
  const { systemIdentifier, version, inRecovery, archiving, databases } = cluster;
  return [
    `The host ${targetName(environment)} is ${instanceId}, generation ${generation}. Its cluster is back:`,
    `  system identifier  ${printable(systemIdentifier)}${
      stopped === null
        ? " (no record of a stop in order to compare with)"
        : `, as it was stopped at ${printable(stopped.checkpoint)}`
    }`,
    `  PostgreSQL         ${printable(version)}${inRecovery ? ", in recovery" : ""}, archiving ${printable(archiving)}`,
    `  databases          ${printable(databases.join(", "))}`,
    ...(terminated === null
      ? [`To replace this instance, write target.generation: ${generation + 1} in bin/environments.ts.`]
      : []),
    ...(environment.repository.publicKey === undefined
      ? []
      : [
          `Its SSH host key is new. The repository host starts the backups: cutover trust --env ${environment.name}`,
        ]),
  ];
}
