import { targetName } from "../../config/derived";
import type { Environment } from "../../config/environment";
import { BadInputError, NothingStartedError } from "../errors";
import type { Found, Instance } from "./found";
import type { HostStack } from "./host-stack";

/** Where the replacement stands. It is read from AWS alone, so that whoever begins it again goes on from there. */
export type Stage =
  /** An instance has what the next one needs. */
  | { at: "removal"; instance: Instance }
  /** It ends, or has ended, and EC2 has not let go of what it had. */
  | { at: "leaving"; instance: Instance }
  /** Nothing stands in the way of a deployment. */
  | { at: "deploy" }
  /** One goes on. */
  | { at: "deployment"; status: string }
  /** The environment's generation is there. */
  | { at: "boot"; instance: Instance };

// From any other CloudFormation makes no replacement, or nobody knows from here what it would make.
const settled: ReadonlySet<string> = new Set([
  "CREATE_COMPLETE",
  "UPDATE_COMPLETE",
  "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS",
  "UPDATE_ROLLBACK_COMPLETE",
]);
const ending: ReadonlySet<string> = new Set(["shutting-down", "terminated"]);
const stopped: ReadonlySet<string> = new Set(["stopping", "stopped"]);

/**
 * @throws BadInputError where the environment's generation would replace nothing; NothingStartedError where what is there
 * cannot be replaced
 */
export function stageOf(environment: Environment, stack: HostStack, found: Found): Stage {
  if (!settled.has(stack.status)) return unsettled(stack);
  if (environment.target.generation === stack.generation) return present(environment, stack, found);
  if (environment.target.generation < stack.generation) throw lowerGeneration(environment, stack);
  const [holder, other] = found.holders;
  if (other !== undefined) throw torn(found);
  if (holder === undefined) return { at: "deploy" };
  if (holder.id !== stack.instanceId && holder.name !== targetName(environment))
    throw stranger(holder, found);
  return { at: ending.has(holder.state) ? "leaving" : "removal", instance: holder };
}

function unsettled({ name, status }: HostStack): Stage {
  if (status.endsWith("_IN_PROGRESS")) return { at: "deployment", status };
  throw new NothingStartedError(
    "stack-unfit",
    `The stack ${name} is ${status}: CloudFormation replaces nothing in it.`,
    `See its events (aws cloudformation describe-stack-events --stack-name ${name}); then npx cdk rollback ${name}, and again.`,
  );
}

function present(environment: Environment, stack: HostStack, { deployed }: Found): Stage {
  if (deployed === null || ending.has(deployed.state)) throw sameGeneration(environment, stack);
  if (!stopped.has(deployed.state)) return { at: "boot", instance: deployed };
  throw new NothingStartedError(
    "instance-stopped",
    `The instance ${deployed.id} is of generation ${stack.generation} already, and it is ${deployed.state}.`,
    `Start it (aws ec2 start-instances --instance-ids ${deployed.id}); or, to replace it, write target.generation: ${stack.generation + 1} in bin/environments.ts.`,
  );
}

function sameGeneration({ name }: Environment, { generation, instanceId }: HostStack): BadInputError {
  return new BadInputError(
    "generation-same",
    `The instance ${instanceId} is gone, and the stack takes it for deployed: target.generation of ${name} is ${generation}, as it is there. A deployment would change nothing.`,
    `Write target.generation: ${generation + 1} in bin/environments.ts, then run this again.`,
  );
}

function lowerGeneration({ name, target }: Environment, stack: HostStack): BadInputError {
  return new BadInputError(
    "generation-lower",
    `target.generation of ${name} is ${target.generation}; deployed is ${stack.generation} already (${stack.instanceId}). Nothing was started.`,
    `Get the current bin/environments.ts; or, to replace that instance, write target.generation: ${stack.generation + 1}.`,
  );
}

function torn({ volume, interface: address }: Found): NothingStartedError {
  return new NothingStartedError(
    "host-torn",
    `The data volume ${volume.id} is at ${volume.attachedTo}, and the host's interface ${address.id} at ${address.attachedTo}: two instances, of which neither is the host.`,
    "See which of them serves the database, and take the other's away by hand: aws ec2 detach-volume, or aws ec2 terminate-instances.",
  );
}

function stranger({ id, name }: Instance, { volume, interface: address }: Found): NothingStartedError {
  return new NothingStartedError(
    "host-strange",
    `The host's data volume ${volume.id} or interface ${address.id} is at ${id} (${name ?? "without a name"}), which this stack did not make.`,
    "Detach it there, once whoever attached it agrees.",
  );
}
