import { Command, type CommandSurroundings, type Invocation } from "./command-run";
import type { Documents } from "./documents";
import { ServiceError } from "./errors";
import type { AgentHost } from "./host-process";
import { resolveParameters } from "./parameters";
import type { SendCommandRequest } from "./requests";

const DEFAULT_DELIVERY_SECONDS = 3_600;

/** Every command sent since the endpoint started, oldest first. */
export class Commands {
  readonly #commands = new Map<string, Command>();

  constructor(
    readonly documents: Documents,
    readonly hosts: readonly AgentHost[],
    readonly surroundings: CommandSurroundings,
  ) {}

  all(): Command[] {
    return [...this.#commands.values()];
  }

  send(request: SendCommandRequest): Command {
    const document = this.documents.get(request.DocumentName, request.DocumentVersion);
    if (document.documentType !== "Command") {
      throw new ServiceError(
        "InvalidDocument",
        `${document.name} is of type ${document.documentType}, not Command.`,
      );
    }
    const supplied = request.Parameters ?? {};
    const { values, problems } = resolveParameters(document.content.parameters, supplied);
    if (problems.length > 0) throw new ServiceError("InvalidParameters", problems.join(" "));
    const command = new Command(
      {
        document,
        supplied,
        parameters: values,
        hosts: this.#targets(request),
        deliverySeconds: request.TimeoutSeconds ?? DEFAULT_DELIVERY_SECONDS,
        comment: request.Comment ?? "",
        cloudWatchOutputConfig: request.CloudWatchOutputConfig,
      },
      this.surroundings,
    );
    this.#commands.set(command.id, command);
    return command;
  }

  get(commandId: string): Command {
    const command = this.#commands.get(commandId);
    if (command === undefined)
      throw new ServiceError("InvalidCommandId", `No command has the id ${commandId}.`);
    return command;
  }

  invocation(commandId: string, instanceId: string): Invocation {
    const found = this.#commands
      .get(commandId)
      ?.invocations.find((each) => each.host.instanceId === instanceId);
    if (found === undefined) {
      throw new ServiceError("InvocationDoesNotExist", `Command ${commandId} was not sent to ${instanceId}.`);
    }
    return found;
  }

  /** Cancels on the instances named, or on all. */
  cancel(commandId: string, instanceIds?: readonly string[]): void {
    const command = this.get(commandId);
    for (const invocation of command.invocations) {
      if (instanceIds === undefined || instanceIds.includes(invocation.host.instanceId)) invocation.cancel();
    }
  }

  #targets(request: SendCommandRequest): AgentHost[] {
    const ids = request.InstanceIds ?? request.Targets?.flatMap((target) => target.Values) ?? [];
    if (ids.length === 0) throw new ServiceError("InvalidInstanceId", "No instance is named.");
    if (new Set(ids).size < ids.length)
      throw new ServiceError("DuplicateInstanceId", "An instance is named twice.");
    return ids.map((id) => {
      const host = this.hosts.find((each) => each.instanceId === id);
      if (host !== undefined) return host;
      throw new ServiceError(
        "InvalidInstanceId",
        `Instances [[${id}]] not in a valid state for this account`,
      );
    });
  }
}
