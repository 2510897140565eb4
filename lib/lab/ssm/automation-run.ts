import { randomUUID } from "node:crypto";
import { ActionFailure } from "./actions/action";
import { actionFor } from "./actions/catalogue";
import { type StepDefinition, jumpTarget } from "./automation-document";
import type { AutomationSurroundings } from "./automation-surroundings";
import { pause } from "./clock";
import type { AutomationDocument } from "./documents";
import type { ParameterValue } from "./parameters";
import { type ReferenceValue, asText, substitute } from "./references";
import { StepRun } from "./step-run";
import { systemVariable } from "./system-variables";

export type AutomationStatus =
  "Pending" | "InProgress" | "Waiting" | "Success" | "TimedOut" | "Cancelling" | "Cancelled" | "Failed";

const CANCELLATION_SECONDS = 120;
const NO_OUTPUT = "No output available yet because the step is not successfully executed";

/** One execution of an Automation document. */
export class AutomationRun {
  readonly id = randomUUID();
  readonly startedAt: number;
  readonly steps: readonly StepRun[];
  endedAt: number | undefined;
  failureMessage: string | undefined;
  outputs: Record<string, string[]> = {};
  current: StepRun | undefined;
  readonly #cancel = new AbortController();
  readonly #abandon = new AbortController();
  #completing = false;
  #stoppedBy: StepRun | undefined;
  #final: AutomationStatus | undefined;

  constructor(
    readonly document: AutomationDocument,
    readonly parameters: Record<string, ParameterValue>,
    readonly surroundings: AutomationSurroundings,
  ) {
    this.startedAt = surroundings.clock.now();
    this.steps = document.content.mainSteps.map((definition) => new StepRun(definition));
  }

  get status(): AutomationStatus {
    if (this.#final !== undefined) return this.#final;
    if (this.#cancel.signal.aborted) return "Cancelling";
    return this.current?.status === "Waiting" ? "Waiting" : "InProgress";
  }

  get isOver(): boolean {
    return this.#final !== undefined;
  }

  async run(): Promise<void> {
    const { log, clock } = this.surroundings;
    log(`automation ${this.id} ${this.document.name}: started`);
    try {
      await this.#follow(this.steps[0], this.#cancel.signal);
      if (this.#cancel.signal.aborted) await this.#runCancellation();
      this.#final = this.#verdict();
    } catch (error) {
      this.failureMessage = `Internal error of the lab: ${String(error)}`;
      this.#final = "Failed";
    }
    this.outputs = this.#resolveOutputs();
    this.endedAt = clock.now();
    log(`automation ${this.id} ${this.document.name}: ${this.#final}`);
  }

  /** Stops the step that runs, and follows its onCancel for at most two minutes. */
  cancel(): void {
    this.current?.markCancelling();
    this.#cancel.abort();
  }

  /** Stops without following anything: the endpoint is closing. */
  abandon(): void {
    this.#abandon.abort();
    this.cancel();
  }

  /** Lets the step that runs come to its end and starts no further one. */
  complete(): void {
    this.#completing = true;
  }

  async #follow(first: StepRun | undefined, cancel: AbortSignal): Promise<void> {
    for (let step = first; step !== undefined && !cancel.aborted; step = this.#after(step)) {
      if (step.status !== "Pending") {
        this.surroundings.log(
          `automation ${this.id}: ${step.definition.name} is reached a second time; the lab stops`,
        );
        this.#stoppedBy = step;
        return;
      }
      await this.#runStep(step, cancel);
    }
  }

  async #runStep(step: StepRun, cancel: AbortSignal): Promise<void> {
    const { clock, commands, awsApi, log } = this.surroundings;
    const { name, action } = step.definition;
    this.current = step;
    log(`automation ${this.id} step ${name} (${action}): started`);
    const resolveInputs = (definition: StepDefinition): Record<string, unknown> =>
      substitute(definition.inputs, (reference) => this.#resolve(reference)) as Record<string, unknown>;
    const observed = { document: this.document.name, executionId: this.id, step: name };
    this.surroundings.onStep({ ...observed, status: "InProgress" });
    await step.run({ clock, commands, awsApi, executionId: this.id, resolveInputs }, cancel);
    log(`automation ${this.id} step ${name} (${action}): ${step.status}${explain(step)}`);
    this.surroundings.onStep({ ...observed, status: step.status });
  }

  #after(step: StepRun): StepRun | undefined {
    const { definition } = step;
    if (step.hasFailed) this.failureMessage ??= step.failureMessage;
    if (this.#completing || step.status === "Cancelled") return undefined;
    if (step.status === "Success" && step.branchedTo !== undefined) return this.#named(step.branchedTo);
    const jump = step.hasFailed ? jumpTarget(definition.onFailure) : undefined;
    const stops =
      step.hasFailed &&
      (definition.onFailure === "Abort" || (step.status === "TimedOut" && stopsOnTimeout(definition)));
    if (stops) this.#stoppedBy = step;
    if (stops || definition.isEnd) return undefined;
    if (jump !== undefined) return this.#named(jump);
    return definition.nextStep === undefined
      ? this.steps[this.steps.indexOf(step) + 1]
      : this.#named(definition.nextStep);
  }

  async #runCancellation(): Promise<void> {
    const target = jumpTarget(this.current?.definition.onCancel ?? "Abort");
    if (target === undefined || this.#abandon.signal.aborted) return;
    const deadline = new AbortController();
    const over = new AbortController();
    void pause(this.surroundings.clock, CANCELLATION_SECONDS, over.signal).then(
      (elapsed) => elapsed && deadline.abort(),
    );
    await this.#follow(this.#named(target), AbortSignal.any([deadline.signal, this.#abandon.signal]));
    over.abort();
  }

  #verdict(): AutomationStatus {
    if (this.#cancel.signal.aborted) return "Cancelled";
    if (this.#stoppedBy !== undefined) return this.#stoppedBy.status === "TimedOut" ? "TimedOut" : "Failed";
    const counted = this.steps.filter((step) => step.hasFailed && isCritical(step.definition));
    if (counted.some((step) => step.status === "Failed")) return "Failed";
    return counted.length > 0 ? "TimedOut" : "Success";
  }

  #named(name: string): StepRun | undefined {
    return this.steps.find((step) => step.definition.name === name);
  }

  #resolve(reference: string): ReferenceValue {
    const { account, region, clock } = this.surroundings;
    const variable = /^variable:(.+)$/.exec(reference)?.[1];
    const found =
      this.parameters[reference] ??
      systemVariable(reference, { executionId: this.id, account, region, now: clock.now() }) ??
      (variable === undefined
        ? this.#outputOf(reference)
        : this.document.content.variables[variable]?.default);
    if (found === undefined) {
      throw new ActionFailure(
        `{{ ${reference} }} has no value: its step has not given one`,
        "InputValidation",
      );
    }
    return found;
  }

  #outputOf(reference: string): ReferenceValue | undefined {
    const [name, ...rest] = reference.split(".");
    return this.#named(name ?? "")?.outputs[rest.join(".")] as ReferenceValue | undefined;
  }

  #resolveOutputs(): Record<string, string[]> {
    return Object.fromEntries(
      this.document.content.outputs.map((name) => {
        const value = this.#outputOf(name);
        return [name, value === undefined ? [NO_OUTPUT] : [value].flat().map(asText)];
      }),
    );
  }
}

/** By default a step counts, unless its onFailure is Continue. */
export function isCritical(definition: StepDefinition): boolean {
  return definition.isCritical ?? definition.onFailure !== "Continue";
}

function stopsOnTimeout(definition: StepDefinition): boolean {
  return actionFor(definition.action)?.timeoutStopsAutomation ?? false;
}

function explain(step: StepRun): string {
  return step.failureMessage === undefined ? "" : `: ${step.failureMessage}`;
}
