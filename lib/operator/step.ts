import type { StepExecution } from "@aws-sdk/client-ssm";
import type { Environment } from "../config/environment";

export type HostName = "source" | "target";

/** One step of an automation, as far as it has come. */
export interface Step {
  name: string;
  /** Such as `aws:runCommand`. */
  action: string;
  /** Where its command runs; null for a step that runs on no host (a branch, an API call). */
  host: HostName | null;
  instanceId: string | null;
  commandId: string | null;
  status: string;
  /** Null while the step has not been reached. */
  startedAt: Date | null;
  endedAt: Date | null;
  /** What the command printed, cut by AWS to 2,500 characters. */
  output: string | null;
  failureMessage: string | null;
  /** The CloudWatch log group of its command. */
  logGroup: string | null;
  /** What an `aws:approve` asks of whom; null for every other step. */
  approval: Approval | null;
}

export interface Approval {
  message: string;
  /** ARNs of IAM users and roles. */
  approvers: string[];
}

export function readStep(execution: StepExecution, environment: Environment): Step {
  const instanceId = firstOf(execution.Inputs?.InstanceIds);
  return {
    name: execution.StepName ?? "",
    action: execution.Action ?? "",
    host: instanceId === null ? null : hostOf(instanceId, environment),
    instanceId,
    commandId: execution.Outputs?.CommandId?.[0] ?? null,
    status: execution.StepStatus ?? "Pending",
    startedAt: execution.ExecutionStartTime ?? null,
    endedAt: execution.ExecutionEndTime ?? null,
    output: execution.Outputs?.Output?.[0] ?? null,
    failureMessage: execution.FailureMessage ?? null,
    logGroup: logGroupOf(execution.Inputs?.CloudWatchOutputConfig),
    approval: execution.Action === "aws:approve" ? approvalOf(execution.Inputs ?? {}) : null,
  };
}

/** Seconds from the step's start to its end or, while it has none, to the moment given; null before its start. */
export function secondsOf(step: Step, until: Date): number | null {
  if (step.startedAt === null) return null;
  const milliseconds = (step.endedAt ?? until).getTime() - step.startedAt.getTime();
  return Math.max(0, Math.round(milliseconds / 100) / 10);
}

function hostOf(instanceId: string, environment: Environment): HostName {
  const { source } = environment;
  return source.kind === "managed" && instanceId === source.instanceId ? "source" : "target";
}

// AWS gives the inputs of a step as JSON in a string: `["i-0123456789abcdef0"]`.
function firstOf(input: string | undefined): string | null {
  const value: unknown = parsed(input);
  const first: unknown = Array.isArray(value) ? value[0] : (value ?? input);
  return typeof first === "string" && first !== "" ? first : null;
}

function logGroupOf(input: string | undefined): string | null {
  const value = parsed(input);
  if (typeof value !== "object" || value === null || !("CloudWatchLogGroupName" in value)) return null;
  return typeof value.CloudWatchLogGroupName === "string" ? value.CloudWatchLogGroupName : null;
}

function approvalOf(inputs: Record<string, string>): Approval {
  const message: unknown = parsed(inputs.Message) ?? inputs.Message;
  const approvers: unknown[] = [parsed(inputs.Approvers) ?? inputs.Approvers ?? []].flat();
  return {
    message: typeof message === "string" ? message : "",
    approvers: approvers.filter((approver) => typeof approver === "string"),
  };
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return null;
  }
}
