import { executionId } from "./aws-double";
import { bucket, sourceInstance, targetInstance } from "./environment";

export const runId = "r20261121-051300-k3f9";
const began = Date.UTC(2026, 10, 21, 5, 13, 0) / 1000;

interface StepState {
  name: string;
  status: string;
  on?: "source" | "target";
  output?: string;
  failureMessage?: string;
}

/** What GetAutomationExecution says: the steps follow each other at ten seconds each. */
export function look(
  status: string,
  steps: StepState[],
  more: Record<string, unknown> = {},
): Record<string, unknown> {
  const ended = ["Success", "Failed", "Cancelled", "TimedOut"];
  return {
    AutomationExecutionId: executionId,
    DocumentName: "timescale-cutover-lab-Rehearsal",
    AutomationExecutionStatus: status,
    ExecutionStartTime: began,
    ...(ended.includes(status) ? { ExecutionEndTime: began + steps.length * 10 } : {}),
    Parameters: { RunId: [runId], Replace: [""] },
    StepExecutionsTruncated: false,
    StepExecutions: steps.map((step, index) =>
      stepExecution(step, began + index * 10, ended.includes(step.status)),
    ),
    ...more,
  };
}

function stepExecution(step: StepState, start: number, ended: boolean): Record<string, unknown> {
  const instanceId = step.on === "source" ? sourceInstance : targetInstance;
  const outputs = {
    CommandId: [`command-of-${step.name}`],
    ...(step.output ? { Output: [step.output] } : {}),
  };
  return {
    StepName: step.name,
    StepStatus: step.status,
    ...(step.status === "Pending" ? {} : { ExecutionStartTime: start }),
    ...(ended ? { ExecutionEndTime: start + 9.5 } : {}),
    ...(step.on === undefined
      ? { Action: "aws:branch", Inputs: {} }
      : { Action: "aws:runCommand", Inputs: commandInputs(instanceId), Outputs: outputs }),
    ...(step.failureMessage === undefined ? {} : { FailureMessage: step.failureMessage }),
  };
}

function commandInputs(instanceId: string): Record<string, string> {
  return {
    InstanceIds: JSON.stringify([instanceId]),
    CloudWatchOutputConfig: JSON.stringify({
      CloudWatchLogGroupName: "/lab/runs",
      CloudWatchOutputEnabled: true,
    }),
  };
}

export function resultObject(host: "source" | "target", step: string): string {
  return `${bucket}/runs/${runId}/${host}/results/${step}.json`;
}

export const sourceVersions = { postgresql: "16.10", timescaledb: "2.18.2", postgis: "3.5.2" };

export const equalFingerprint = {
  relations: 57,
  rows: 1234567,
  differentRelations: [],
  catalogLines: 1457,
  differentCatalogLines: [],
};
