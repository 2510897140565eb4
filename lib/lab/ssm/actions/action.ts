import type { StepDefinition } from "../automation-document";
import type { Clock } from "../clock";
import type { Commands } from "../commands";

/** Calls an AWS API for aws:executeAwsApi: service and operation as the document names them. */
export type AwsApi = (service: string, api: string, inputs: Record<string, unknown>) => Promise<unknown>;

export interface Decision {
  approver: string;
  decision: "Approve" | "Reject";
  comment: string;
}

/** What an action has to work with while a step runs. */
export interface ActionContext {
  step: StepDefinition;
  /** With every reference resolved. */
  inputs: Record<string, unknown>;
  /** Aborted when the step's time is over or its automation is cancelled: the action then settles without delay. */
  signal: AbortSignal;
  clock: Clock;
  commands: Commands;
  awsApi: AwsApi;
  executionId: string;
  /** Marks the step Waiting, and calls back for each signal that it receives. */
  awaitDecisions(listener: (decision: Decision) => void): void;
  /** Shown while the step still runs, and kept when it fails. */
  setOutputs(outputs: Record<string, unknown>): void;
}

export interface ActionResult {
  responseCode?: string;
  response?: string;
  /** Where a branch goes; undefined leaves it to the step's own settings. */
  nextStep?: string;
}

/** A step's failure, as FailureMessage and FailureDetails report it. */
export class ActionFailure extends Error {
  constructor(
    message: string,
    readonly stage: "InputValidation" | "Invocation" | "PostVerification",
    readonly responseCode?: string,
  ) {
    super(message);
  }
}

export interface Action {
  readonly name: string;
  /** Seconds, for a step that names none. */
  readonly defaultTimeoutSeconds?: number;
  /** Seconds that no setting of a step goes beyond. */
  readonly longestSeconds?: number;
  /** Of a timed out approval AWS says that the automation stops, whatever onFailure names. */
  readonly timeoutStopsAutomation?: boolean;
  /** Whether onCancel may lead to it. */
  readonly mayFollowCancel: boolean;
  /** What in the step's inputs would not be executed. */
  problems(step: StepDefinition): string[];
  /** The steps that it may jump to by its inputs. */
  jumps(step: StepDefinition): string[];
  run(context: ActionContext): Promise<ActionResult>;
}

/** The inputs that an action does not know, each by name. */
export function unknownInputs(step: StepDefinition, known: readonly string[]): string[] {
  return Object.keys(step.inputs)
    .filter((key) => !known.includes(key))
    .map((key) => `${step.action} with ${key}`);
}

/** Only aws:executeAwsApi takes outputs of its own here. */
export function noOutputs(step: StepDefinition): string[] {
  return step.outputs === undefined ? [] : [`${step.action} with outputs of its own`];
}

export function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}
