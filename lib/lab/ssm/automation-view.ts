import { type AutomationRun, isCritical } from "./automation-run";
import { ONLY_VERSION } from "./documents";
import { asText } from "./references";
import type { StepRun } from "./step-run";
import { epochSeconds, present } from "./timestamps";

/** The shape `AutomationExecution`. */
export function automationView(run: AutomationRun): Record<string, unknown> {
  const count = (status: string): number => run.steps.filter((step) => step.status === status).length;
  return present({
    ...common(run),
    StepExecutions: run.steps.map(stepView),
    StepExecutionsTruncated: false,
    Parameters: asLists(run.parameters),
    ProgressCounters: {
      TotalSteps: run.steps.length,
      SuccessSteps: count("Success"),
      FailedSteps: count("Failed"),
      CancelledSteps: count("Cancelled"),
      TimedOutSteps: count("TimedOut"),
    },
  });
}

/** The shape `AutomationExecutionMetadata`. */
export function automationSummary(run: AutomationRun): Record<string, unknown> {
  return present({ ...common(run), LogFile: "", AutomationType: "Local" });
}

/** The shape `StepExecution`. */
export function stepView(step: StepRun): Record<string, unknown> {
  const { definition } = step;
  return present({
    StepName: definition.name,
    Action: definition.action,
    TimeoutSeconds: definition.timeoutSeconds,
    OnFailure: definition.onFailure,
    MaxAttempts: definition.maxAttempts,
    ExecutionStartTime: time(step.startedAt),
    ExecutionEndTime: time(step.endedAt),
    StepStatus: step.status,
    ResponseCode: step.responseCode,
    // AWS shows each input as JSON: a text in quotation marks.
    Inputs: Object.fromEntries(
      Object.entries(step.inputs).map(([name, value]) => [name, JSON.stringify(value)]),
    ),
    Outputs: asLists(step.outputs),
    Response: step.response,
    FailureMessage: step.failureMessage,
    FailureDetails: step.failureDetails,
    StepExecutionId: step.id,
    OverriddenParameters: {},
    IsEnd: definition.isEnd,
    NextStep: definition.nextStep,
    IsCritical: isCritical(definition),
  });
}

function common(run: AutomationRun): Record<string, unknown> {
  return {
    AutomationExecutionId: run.id,
    DocumentName: run.document.name,
    DocumentVersion: ONLY_VERSION,
    AutomationExecutionStatus: run.status,
    ExecutionStartTime: epochSeconds(run.startedAt),
    ExecutionEndTime: time(run.endedAt),
    ExecutedBy: `arn:aws:iam::${run.surroundings.account}:root`,
    Outputs: run.outputs,
    FailureMessage: run.failureMessage,
    Mode: "Auto",
    CurrentStepName: run.isOver ? undefined : run.current?.definition.name,
    CurrentAction: run.isOver ? undefined : run.current?.definition.action,
    Targets: [],
    ResolvedTargets: { ParameterValues: [], Truncated: false },
  };
}

function asLists(values: Record<string, unknown>): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, [value].flat().map(asText)]),
  );
}

function time(milliseconds: number | undefined): number | undefined {
  return milliseconds === undefined ? undefined : epochSeconds(milliseconds);
}
