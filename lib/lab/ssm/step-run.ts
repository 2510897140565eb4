import { randomUUID } from "node:crypto";
import {
  type Action,
  type ActionContext,
  ActionFailure,
  type ActionResult,
  type Decision,
} from "./actions/action";
import { actionFor } from "./actions/catalogue";
import type { StepDefinition } from "./automation-document";
import { type Clock, pause } from "./clock";
import { ServiceError } from "./errors";

export type StepStatus =
  "Pending" | "InProgress" | "Waiting" | "Success" | "TimedOut" | "Cancelling" | "Cancelled" | "Failed";

export interface FailureDetails {
  FailureStage: string;
  FailureType: string;
}

/** What a step needs of the automation that it belongs to. */
export interface StepSurroundings extends Pick<
  ActionContext,
  "clock" | "commands" | "awsApi" | "executionId"
> {
  /** The step's inputs with every reference resolved; throws ActionFailure for one that has no value yet. */
  resolveInputs(step: StepDefinition): Record<string, unknown>;
}

type Attempt = { status: "Success"; result: ActionResult } | { status: "Failed" | "TimedOut" | "Cancelled" };

/** One step of one execution: Pending until it is run, and then all that the API shows of it. */
export class StepRun {
  readonly id = randomUUID();
  status: StepStatus = "Pending";
  startedAt: number | undefined;
  endedAt: number | undefined;
  inputs: Record<string, unknown> = {};
  outputs: Record<string, unknown> = {};
  responseCode: string | undefined;
  response: string | undefined;
  failureMessage: string | undefined;
  failureDetails: FailureDetails | undefined;
  /** Where a branch decided to go. */
  branchedTo: string | undefined;
  #onDecision: ((decision: Decision) => void) | undefined;

  constructor(readonly definition: StepDefinition) {}

  get hasFailed(): boolean {
    return this.status === "Failed" || this.status === "TimedOut";
  }

  /** Runs the action up to maxAttempts times; an attempt that timed out is tried again like one that failed. */
  async run(surroundings: StepSurroundings, cancel: AbortSignal): Promise<void> {
    this.startedAt = surroundings.clock.now();
    let last: Attempt = { status: "Failed" };
    for (let attempt = 1; attempt <= this.definition.maxAttempts; attempt += 1) {
      this.status = "InProgress";
      last = await this.#attempt(surroundings, cancel);
      if (last.status === "Success" || last.status === "Cancelled") break;
    }
    this.#onDecision = undefined;
    this.endedAt = surroundings.clock.now();
    this.status = last.status;
    if (last.status !== "Success") return;
    this.failureMessage = undefined;
    this.failureDetails = undefined;
    this.responseCode = last.result.responseCode ?? "0";
    this.response = last.result.response;
    this.branchedTo = last.result.nextStep;
  }

  markCancelling(): void {
    this.status = "Cancelling";
  }

  /** Hands an approval or a rejection to the step; false when it waits for none. */
  decide(decision: Decision): boolean {
    if (this.#onDecision === undefined) return false;
    this.#onDecision(decision);
    return true;
  }

  async #attempt(surroundings: StepSurroundings, cancel: AbortSignal): Promise<Attempt> {
    const action = actionFor(this.definition.action);
    if (action === undefined)
      throw new ServiceError("InternalServerError", `no action ${this.definition.action}`, 500);
    const limit = new TimeLimit(allowedSeconds(this.definition, action), surroundings.clock);
    try {
      this.inputs = surroundings.resolveInputs(this.definition);
      const signal = AbortSignal.any([cancel, limit.signal]);
      const result = await action.run(this.#context(surroundings, signal));
      if (!signal.aborted) return { status: "Success", result };
    } catch (error) {
      if (!cancel.aborted && !limit.signal.aborted) return this.#fail(error);
    } finally {
      limit.callOff();
    }
    return cancel.aborted ? { status: "Cancelled" } : this.#timeOut();
  }

  #context(surroundings: StepSurroundings, signal: AbortSignal): ActionContext {
    const { clock, commands, awsApi, executionId } = surroundings;
    return {
      ...{ clock, commands, awsApi, executionId, signal },
      step: this.definition,
      inputs: this.inputs,
      setOutputs: (outputs) => (this.outputs = outputs),
      awaitDecisions: (listener) => {
        this.status = "Waiting";
        this.#onDecision = listener;
      },
    };
  }

  #fail(error: unknown): Attempt {
    const failure = error instanceof ActionFailure ? error : new ActionFailure(String(error), "Invocation");
    this.failureMessage = failure.message;
    this.failureDetails = { FailureStage: failure.stage, FailureType: "Action" };
    this.responseCode = failure.responseCode;
    return { status: "Failed" };
  }

  #timeOut(): Attempt {
    this.failureMessage = `Step timed out while step is Execute/Cancelling action: ${this.definition.name}.`;
    this.failureDetails = { FailureStage: "Invocation", FailureType: "Action" };
    return { status: "TimedOut" };
  }
}

function allowedSeconds(definition: StepDefinition, action: Action): number | undefined {
  const asked = definition.timeoutSeconds ?? action.defaultTimeoutSeconds;
  if (action.longestSeconds === undefined) return asked;
  return Math.min(asked ?? action.longestSeconds, action.longestSeconds);
}

/** Aborts its signal after so many seconds; never for undefined. */
class TimeLimit {
  readonly #over = new AbortController();
  readonly #calledOff = new AbortController();

  constructor(seconds: number | undefined, clock: Clock) {
    if (seconds === undefined) return;
    void pause(clock, seconds, this.#calledOff.signal).then((elapsed) => elapsed && this.#over.abort());
  }

  get signal(): AbortSignal {
    return this.#over.signal;
  }

  callOff(): void {
    this.#calledOff.abort();
  }
}
