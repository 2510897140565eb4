import { randomUUID } from "node:crypto";
import { type IncomingMessage, type Server, type ServerResponse, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { AwsApi } from "./actions/action";
import type { ObservedStep } from "./automation-surroundings";
import { Automations } from "./automations";
import { type Clock, systemClock } from "./clock";
import { Commands } from "./commands";
import { Documents, type EmbeddedDocument } from "./documents";
import { ServiceError } from "./errors";
import type { AgentHost } from "./host-process";
import { type Operation, operations } from "./operations";
import { ask, handOn, isOfParameterStore } from "./parameter-store";
import { readCall, writeAnswer, writeError } from "./protocol";

export type { AwsApi } from "./actions/action";
export type { ObservedStep } from "./automation-surroundings";
export type { EmbeddedDocument } from "./documents";
export { UnsupportedFeature } from "./errors";
export type { AgentHost } from "./host-process";

export interface SsmEndpointOptions {
  documents: readonly EmbeddedDocument[];
  hosts: readonly AgentHost[];
  region: string;
  /** Twelve digits. */
  account: string;
  /** For aws:executeAwsApi; the service `ssm` is answered by the endpoint itself. */
  awsApi?: AwsApi;
  /** The address of what answers PutParameter and GetParameter; without it these two are not answered. */
  parameterStore?: string;
  log: (line: string) => void;
  /** The agent's data folder on every host. Default /var/lib/amazon/ssm. */
  orchestrationRoot?: string;
  /** Seconds that a returned host's agent waits for the script that it no longer finds. Default 60, as the agent has it. */
  lostScriptSeconds?: number;
  /** Seconds that every command takes on its way to a host, beside its script's own. Default 0; on AWS it is some. */
  latencySeconds?: number;
  clock?: Clock;
  /** Hears of every automation's step when it begins and when it has ended. */
  onStep?: (step: ObservedStep) => void;
}

const CLOSING_MILLISECONDS = 5_000;

/**
 * An endpoint that speaks AmazonSSM and executes the documents it is given on the hosts it is given. Constructing it
 * throws UnsupportedFeature when a document holds anything that would not be executed.
 */
export class SsmEndpoint {
  readonly #operations: Record<string, Operation>;
  readonly #commands: Commands;
  readonly #automations: Automations;
  readonly #server: Server;
  readonly #parameterStore: string | undefined;

  constructor(options: SsmEndpointOptions) {
    const clock = options.clock ?? systemClock;
    const { region, account, log } = options;
    const documents = new Documents(options.documents, clock.now());
    this.#commands = new Commands(documents, options.hosts, {
      ...{ clock, region, log },
      orchestrationRoot: options.orchestrationRoot ?? "/var/lib/amazon/ssm",
      lostScriptSeconds: options.lostScriptSeconds ?? 60,
      latencySeconds: options.latencySeconds ?? 0,
    });
    const awsApi = this.#answeringSsm(options);
    this.#automations = new Automations(documents, {
      ...{ clock, region, account, log, awsApi },
      onStep: options.onStep ?? (() => undefined),
      commands: this.#commands,
    });
    this.#operations = operations(this.#commands, this.#automations);
    this.#parameterStore = options.parameterStore;
    this.#server = createServer((request, response) => void this.#answer(request, response, log));
  }

  /** Listens on 127.0.0.1, on any free port when none is named. */
  async listen(port = 0): Promise<{ url: string }> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(port, "127.0.0.1", resolve);
    });
    const { port: taken } = this.#server.address() as AddressInfo;
    return { url: `http://127.0.0.1:${taken}` };
  }

  /** Does what StopAutomationExecution does; false for an execution that has ended. */
  stopAutomation(executionId: string): boolean {
    if (this.#automations.get(executionId).isOver) return false;
    this.#automations.stop(executionId, "Cancel");
    return true;
  }

  /** Starts an execution's automation a second time with its parameters, but for those given; returns the new one's id. */
  startAgain(executionId: string, changed: Readonly<Record<string, string>> = {}): string {
    const { document, parameters } = this.#automations.get(executionId);
    const given = Object.entries({ ...parameters, ...changed }).filter(([, value]) => value !== "");
    const listed = given.map(([name, value]) => [
      name,
      Array.isArray(value) ? value.map(String) : [String(value)],
    ]);
    return this.#automations.start({
      DocumentName: document.name,
      Parameters: Object.fromEntries(listed) as Record<string, string[]>,
    }).id;
  }

  /** Resolves when an execution has ended. */
  async ended(executionId: string): Promise<void> {
    while (!this.#automations.get(executionId).isOver)
      await new Promise((resolve) => setTimeout(resolve, 50));
  }

  /** SIGKILLs the scripts that run on a host behind its agent's back; returns how many there were. */
  async killScripts(instanceId: string): Promise<number> {
    const invocations = this.#commands.all().flatMap((command) => command.invocations);
    const there = invocations.filter(({ host }) => host.instanceId === instanceId);
    const killed = await Promise.all(there.map((invocation) => invocation.killScript()));
    return killed.filter(Boolean).length;
  }

  /** Stops listening, and cancels what still runs so that no process of the lab outlives it on a host. */
  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    const automations = this.#automations.abandon();
    for (const command of this.#commands.all()) this.#commands.cancel(command.id);
    const ended = Promise.all([automations, ...this.#commands.all().map((command) => command.finished)]);
    await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, CLOSING_MILLISECONDS).unref())]);
  }

  async #answer(
    request: IncomingMessage,
    response: ServerResponse,
    log: (line: string) => void,
  ): Promise<void> {
    const requestId = randomUUID();
    try {
      const { operation, body, caller } = await readCall(request);
      if (this.#parameterStore !== undefined && isOfParameterStore(operation)) {
        return await handOn(this.#parameterStore, request, body, response);
      }
      writeAnswer(response, requestId, this.#call(operation, body, caller));
    } catch (error) {
      if (!(error instanceof ServiceError)) log(`ssm endpoint: ${String(error)}`);
      writeError(response, requestId, error);
    }
  }

  #call(operation: string, body: unknown, caller: string): Record<string, unknown> {
    const found = Object.hasOwn(this.#operations, operation) ? this.#operations[operation] : undefined;
    if (found === undefined) {
      throw new ServiceError("UnknownOperationException", `The lab does not answer AmazonSSM.${operation}.`);
    }
    return found(body, caller);
  }

  #answeringSsm({ awsApi: others, parameterStore, account, region }: SsmEndpointOptions): AwsApi {
    return async (service, api, inputs) => {
      if (service === "ssm" && parameterStore !== undefined && isOfParameterStore(api)) {
        return await ask(parameterStore, api, { account, region }, inputs);
      }
      if (service === "ssm") return this.#call(api, inputs, "automation");
      if (others === undefined) throw new Error(`the lab has no double of the service ${service}`);
      return others(service, api, inputs);
    };
  }
}
