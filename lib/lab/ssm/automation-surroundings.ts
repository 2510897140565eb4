import type { ActionContext } from "./actions/action";
import type { StepStatus } from "./step-run";

/** What every execution needs of the endpoint around it. */
export interface AutomationSurroundings extends Pick<ActionContext, "clock" | "commands" | "awsApi"> {
  account: string;
  region: string;
  log: (line: string) => void;
  /** Hears of every step when it begins and when it has ended. */
  onStep: (step: ObservedStep) => void;
}

/** A step of an execution as an observer is told of it. */
export interface ObservedStep {
  /** The automation document's name. */
  document: string;
  executionId: string;
  step: string;
  /** "InProgress" when it begins, and then what it ended with. */
  status: StepStatus;
}
