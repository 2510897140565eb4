import { executionId } from "./aws-double";
import { approver, bucket, sourceInstance, targetInstance } from "./environment";

export const runId = "r20261121-051300-k3f9";
const began = Date.UTC(2026, 10, 21, 5, 13, 0) / 1000;

interface StepState {
  name: string;
  status: string;
  on?: "source" | "target";
  /** The step waits for approval: what approvers read. */
  asks?: string;
  output?: string;
  failureMessage?: string;
}

/** What GetAutomationExecution says: the steps follow each other at ten seconds each. */
export function look(
  status: string,
  steps: StepState[],
  more: Record<string, unknown> = {},
): Record<string, unknown> {
  const ended = ["Success", "Failed", "Cancelled", "TimedOut", "Rejected"];
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
    ...(step.asks !== undefined
      ? { Action: "aws:approve", Inputs: approvalInputs(step.asks) }
      : step.on === undefined
        ? { Action: "aws:branch", Inputs: {} }
        : { Action: "aws:runCommand", Inputs: commandInputs(instanceId), Outputs: outputs }),
    ...(step.failureMessage === undefined ? {} : { FailureMessage: step.failureMessage }),
  };
}

/** AWS shows each input as JSON. */
function approvalInputs(message: string): Record<string, string> {
  return {
    Approvers: JSON.stringify([approver]),
    MinRequiredApprovals: "1",
    Message: JSON.stringify(message),
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

/** As `look`, at another automation of the environment. */
export function lookAt(
  automation: string,
  ...[status, steps, more]: Parameters<typeof look>
): Record<string, unknown> {
  return look(status, steps, { DocumentName: `timescale-cutover-lab-${automation}`, ...more });
}

/** What DescribeAutomationExecutions says of one execution. */
export function listing(
  automation: string,
  status: string,
  { id = executionId, startedAt = began }: { id?: string; startedAt?: number } = {},
): Record<string, unknown> {
  return {
    AutomationExecutionId: id,
    DocumentName: `timescale-cutover-lab-${automation}`,
    AutomationExecutionStatus: status,
    ExecutionStartTime: startedAt,
    ...(status === "InProgress" ? {} : { ExecutionEndTime: startedAt + 60 }),
  };
}

/** The application's secret as it points at a side; its version is a cutover's unless another is given. */
export function secretAt(
  side: "source" | "target" | "elsewhere",
  versionId = side === "target" ? `timescale-cutover-${runId}` : "0f0f0f0f-1111-4222-8333-444444444444",
): { text: string; versionId: string } {
  const host = { source: "172.31.203.10", target: "172.31.203.20", elsewhere: "db.example.com" }[side];
  const value = { host, port: 5432, dbname: "tracker", username: "tracker", password };
  return { text: JSON.stringify(value), versionId };
}

/** What must never be shown. */
export const password = "correct horse battery staple";

export function resultObject(host: "source" | "target", step: string, run = runId): string {
  return `${bucket}/runs/${run}/${host}/results/${step}.json`;
}

export function questionObject(host: "source" | "target"): string {
  return `${bucket}/runs/${runId}/${host}/question.json`;
}

export const sourceVersions = { postgresql: "16.10", timescaledb: "2.18.2", postgis: "3.5.2" };

export const equalFingerprint = {
  relations: 57,
  rows: 1234567,
  differentRelations: [],
  catalogLines: 1457,
  differentCatalogLines: [],
  acceptedDifferences: [],
  carriedSettings: [],
};
