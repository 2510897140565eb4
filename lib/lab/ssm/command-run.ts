import { randomUUID } from "node:crypto";
import { Agent, HostLost, type PluginResult, executionTimeout, pluginInputs } from "./agent";
import { type Clock, pause } from "./clock";
import { type InvocationStatus, overall } from "./invocation-status";
import type { CommandDocument } from "./documents";
import type { AgentHost, Script } from "./host-process";
import type { ParameterValue } from "./parameters";

/** What every command needs of the endpoint around it. */
export interface CommandSurroundings {
  clock: Clock;
  region: string;
  orchestrationRoot: string;
  /** Seconds that the agent of a host that came back waits for the script it no longer finds. */
  lostScriptSeconds: number;
  /** Seconds that pass before a host hears of a command. */
  latencySeconds: number;
  log: (line: string) => void;
}

export interface CommandRequest {
  document: CommandDocument;
  /** As the caller supplied them. */
  supplied: Record<string, string[]>;
  /** Checked, with defaults. */
  parameters: Record<string, ParameterValue>;
  hosts: readonly AgentHost[];
  /** Seconds within which the command must reach a host. */
  deliverySeconds: number;
  comment: string;
  cloudWatchOutputConfig: Record<string, unknown> | undefined;
}

const POLL_SECONDS = 0.5;

/** One command sent to one or more hosts. */
export class Command {
  readonly id = randomUUID();
  readonly requestedAt: number;
  /** When the service gives up on an answer: delivery plus execution. Milliseconds since the epoch. */
  readonly expiresAt: number;
  readonly invocations: readonly Invocation[];
  readonly finished: Promise<void>;

  constructor(
    readonly request: CommandRequest,
    surroundings: CommandSurroundings,
  ) {
    this.requestedAt = surroundings.clock.now();
    this.expiresAt = this.requestedAt + (request.deliverySeconds + executionSeconds(request)) * 1000;
    this.invocations = request.hosts.map((host) => new Invocation(this, host, surroundings));
    this.finished = Promise.all(this.invocations.map((invocation) => invocation.run())).then(() => undefined);
  }
}

/** A command on one host. */
export class Invocation {
  status: InvocationStatus = "Pending";
  /** As AWS writes StatusDetails: "ExecutionTimedOut", "DeliveryTimedOut", or the status itself. */
  details = "Pending";
  readonly results: PluginResult[] = [];
  startedAt: number | undefined;
  readonly #cancel = new AbortController();
  readonly #expired = new AbortController();
  #script: Script | undefined;

  constructor(
    readonly command: Command,
    readonly host: AgentHost,
    readonly surroundings: CommandSurroundings,
  ) {}

  get isOver(): boolean {
    return !["Pending", "InProgress", "Cancelling"].includes(this.status);
  }

  /** Asks the agent to stop; a command that no host has received yet is over at once. */
  cancel(): void {
    if (this.isOver) return;
    if (this.status === "Pending") this.#end("Cancelled");
    else this.#become("Cancelling");
    this.#cancel.abort();
  }

  /** SIGKILLs the script that runs, as somebody on the host might; false when none runs. */
  async killScript(): Promise<boolean> {
    if (this.status !== "InProgress" || this.#script === undefined) return false;
    await this.#script.kill();
    return true;
  }

  async run(): Promise<void> {
    const { clock, log } = this.surroundings;
    const expiry = clock.after((this.command.expiresAt - clock.now()) / 1000, () => this.#expire());
    try {
      if (await this.#isDelivered()) await this.#execute();
    } catch (error) {
      log(`command ${this.command.id} on ${this.host.name}: ${String(error)}`);
      if (!this.isOver) this.#fail(String(error));
    } finally {
      expiry();
    }
  }

  async #isDelivered(): Promise<boolean> {
    const { clock, latencySeconds } = this.surroundings;
    if (latencySeconds > 0) await pause(clock, latencySeconds, this.#cancel.signal);
    const latest = this.command.requestedAt + this.command.request.deliverySeconds * 1000;
    while (!this.isOver && !this.host.isUp() && clock.now() < latest) {
      await pause(clock, POLL_SECONDS, this.#cancel.signal);
    }
    if (this.isOver) return false;
    if (this.host.isUp()) return true;
    this.#end("TimedOut", "DeliveryTimedOut");
    return false;
  }

  async #execute(): Promise<void> {
    const { request, id } = this.command;
    this.startedAt = this.surroundings.clock.now();
    this.#become("InProgress");
    const onStart = (script: Script) => (this.#script = script);
    const agent = new Agent({ host: this.host, ...this.surroundings, onStart });
    const delivered = {
      commandId: id,
      plugins: request.document.content.mainSteps,
      definitions: request.document.content.parameters,
      parameters: request.parameters,
    };
    try {
      await agent.runDocument(delivered, this.#cancel.signal, (result) => this.results.push(result));
      if (!this.isOver) this.#end(...overall(this.results));
    } catch (error) {
      if (!(error instanceof HostLost)) throw error;
      await this.#reportLoss();
    }
  }

  /** What the agent does when it finds, after a reboot, a command whose script is gone: it waits, then says Failed. */
  async #reportLoss(): Promise<void> {
    const { clock, lostScriptSeconds, log } = this.surroundings;
    log(`command ${this.command.id}: ${this.host.name} went down while it ran`);
    while (!this.isOver && !this.host.isUp()) await pause(clock, POLL_SECONDS, this.#expired.signal);
    if (!this.isOver) await pause(clock, lostScriptSeconds, this.#expired.signal);
    if (this.isOver) return;
    this.#fail(
      "document process failed unexpectedly: ipc messaging received timeout signal , " +
        "check [ssm-document-worker]/[ssm-session-worker] log for crash reason",
    );
  }

  // An answer that comes too late is none: the service calls a command that it never heard of again undelivered.
  #expire(): void {
    if (this.isOver) return;
    this.#end("TimedOut", "DeliveryTimedOut");
    this.#cancel.abort();
    this.#expired.abort();
  }

  #fail(message: string): void {
    const now = this.surroundings.clock.now();
    const name = this.command.request.document.content.mainSteps[this.results.length]?.name ?? "document";
    const texts = { standardOutput: "", standardError: message, output: message };
    this.results.push({
      name,
      status: "Failed",
      code: 1,
      ...texts,
      startedAt: this.startedAt ?? now,
      endedAt: now,
    });
    this.#end("Failed");
  }

  #end(status: InvocationStatus, details: string = status): void {
    this.#become(status, details);
    const codes = this.results.map((result) => result.code).join(", ");
    const { document } = this.command.request;
    this.surroundings.log(
      `command ${this.command.id} ${document.name} on ${this.host.name}: ${details} [${codes}]`,
    );
  }

  #become(status: InvocationStatus, details: string = status): void {
    this.status = status;
    this.details = details;
  }
}

function executionSeconds(request: CommandRequest): number {
  const { mainSteps, parameters: definitions } = request.document.content;
  const command = { plugins: mainSteps, definitions, parameters: request.parameters };
  return mainSteps
    .map((plugin) => executionTimeout(pluginInputs(plugin, command).timeoutSeconds))
    .reduce((sum, seconds) => sum + seconds, 0);
}
