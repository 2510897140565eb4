import { relayBucketName } from "../../config/derived";
import type { Environment } from "../../config/environment";
import { stateDirectory } from "../names";
import type { StepFailure } from "../step-failure";
import { printable, printableLines } from "./printable";

/** Why a step failed, what to do, and where its logs are. */
export function failureLines(failure: StepFailure, runId: string, environment: Environment): string[] {
  const { step, host, status, code, message, remedy } = failure;
  const on = host === null ? "" : ` on ${host}`;
  return [
    `Step ${step}${on}: ${status}${code === null ? "" : ` (${printable(code)})`}`,
    ...printableLines(message).map((line) => `  ${line}`),
    ...(remedy === null ? [] : labelled("remedy:", printableLines(remedy))),
    ...labelled("logs:", logPlaces(failure, runId, environment)),
  ];
}

function logPlaces(failure: StepFailure, runId: string, environment: Environment): string[] {
  const { host, instanceId, commandId, logGroup } = failure;
  const places: string[] = [];
  if (host !== null && instanceId !== null)
    places.push(`on ${host} (${instanceId}): ${stateDirectory(runId)}/`);
  if (commandId !== null && logGroup !== null) {
    places.push(`CloudWatch log group ${logGroup}, streams ${commandId}/…`);
  }
  if (commandId !== null && instanceId !== null) {
    places.push(
      `aws ssm get-command-invocation --region ${environment.aws.region} ` +
        `--command-id ${commandId} --instance-id ${instanceId}`,
    );
  }
  places.push(`s3://${relayBucketName(environment)}/runs/${runId}/`);
  return places;
}

function labelled(label: string, lines: string[]): string[] {
  return lines.map((line, index) => `  ${(index === 0 ? label : "").padEnd(7)} ${line}`);
}
