import type { CommandDocument } from "../command-document";
import type { ApproveContent } from "./approve";
import type { BranchContent } from "./branch";
import type { ExecuteAwsApiContent } from "./execute-aws-api";
import type { RunCommandContent } from "./run-command";
import type { RunHookContent } from "./run-hook";
import type { SleepContent } from "./sleep";

/** A step as it stands in an Automation document. */
export type StepContent =
  RunCommandContent | RunHookContent | BranchContent | ApproveContent | ExecuteAwsApiContent | SleepContent;

/** A step of an AutomationDocument, as the builders in this folder return it. */
export interface AutomationStep {
  readonly content: StepContent;
  /** The document that the step runs, when it runs one. */
  readonly command?: CommandDocument;
}

/** The names of what a step gives out once it has succeeded. */
export function outputsOf(step: StepContent): readonly string[] {
  switch (step.action) {
    case "aws:runCommand":
      return ["CommandId", "Status", "ResponseCode", "Output"];
    case "aws:approve":
      return ["ApprovalStatus", "ApproverDecisions"];
    case "aws:executeAwsApi":
      return step.outputs?.map((output) => output.Name) ?? [];
    case "aws:branch":
    case "aws:sleep":
      return [];
  }
}
