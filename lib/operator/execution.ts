import {
  GetAutomationExecutionCommand,
  paginateDescribeAutomationStepExecutions,
  type SSMClient,
  type StepExecution,
} from "@aws-sdk/client-ssm";
import type { Environment } from "../config/environment";
import { automationOf, type Automation } from "./names";
import { readStep, type Step } from "./step";

/** One automation execution, as far as it has come. */
export interface Execution {
  id: string;
  document: string;
  /** Null when it is none of the environment's that this program knows. */
  automation: Automation | null;
  /** The parameter RunId; null where the document has none. */
  runId: string | null;
  status: string;
  startedAt: Date | null;
  endedAt: Date | null;
  failureMessage: string | null;
  /** In the document's order, with those that were not reached yet. */
  steps: Step[];
}

export async function readExecution(
  ssm: SSMClient,
  environment: Environment,
  executionId: string,
  signal?: AbortSignal,
): Promise<Execution> {
  const options = signal ? { abortSignal: signal } : {};
  const command = new GetAutomationExecutionCommand({ AutomationExecutionId: executionId });
  const { AutomationExecution: execution = {} } = await ssm.send(command, options);
  const steps = execution.StepExecutionsTruncated
    ? await allSteps(ssm, executionId, options)
    : (execution.StepExecutions ?? []);
  return {
    id: executionId,
    document: execution.DocumentName ?? "",
    automation: automationOf(environment, execution.DocumentName ?? ""),
    runId: execution.Parameters?.RunId?.[0] ?? null,
    status: execution.AutomationExecutionStatus ?? "Pending",
    startedAt: execution.ExecutionStartTime ?? null,
    endedAt: execution.ExecutionEndTime ?? null,
    failureMessage: execution.FailureMessage ?? null,
    steps: steps.map((step) => readStep(step, environment)),
  };
}

/** Seconds from the run's start to its end or, while it has none, to the moment given. */
export function secondsTaken({ startedAt, endedAt }: Execution, now: Date): number {
  const milliseconds = (endedAt ?? now).getTime() - (startedAt ?? now).getTime();
  return Math.max(0, Math.round(milliseconds / 100) / 10);
}

async function allSteps(
  ssm: SSMClient,
  executionId: string,
  options: { abortSignal?: AbortSignal },
): Promise<StepExecution[]> {
  const pages = paginateDescribeAutomationStepExecutions(
    { client: ssm, pageSize: 50 },
    { AutomationExecutionId: executionId },
    options,
  );
  const steps: StepExecution[] = [];
  for await (const page of pages) steps.push(...(page.StepExecutions ?? []));
  return steps;
}
