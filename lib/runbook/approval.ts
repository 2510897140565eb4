import { applicationTargetHost } from "../config/derived";
import type { Environment } from "../config/environment";
import { outputReference, parameterReference, systemReference } from "../ssm/reference";
import type { ApproveOptions } from "../ssm/steps/approve";
import { targetInstanceId } from "./find-target";

/** What the approvers are asked, and read before they answer. */
export function approval(environment: Environment): ApproveOptions {
  const { approvers, approvalSeconds } = environment.cutover;
  return { name: "approve", approvers, timeoutSeconds: approvalSeconds, message: message(environment) };
}

/** At most 4,096 characters, of which the gate's output may be 2,500. */
function message(environment: Environment): string {
  const { application, aws, database, name, source, target } = environment;
  const from =
    source.kind === "managed"
      ? `PostgreSQL on ${source.instanceId}`
      : `PostgreSQL at ${source.host}:${source.port}`;
  const signal =
    `aws ssm send-automation-signal --region ${aws.region} ` +
    `--automation-execution-id ${systemReference("automation:EXECUTION_ID")} --signal-type`;
  return [
    `Cutover of the database ${database.name} (environment ${name}), run ${parameterReference("RunId")}.`,
    `Source: ${from}, which the application reaches at ${application.sourceHost}:${application.sourcePort}.`,
    `Target: ${targetInstanceId}, which it will reach at ${applicationTargetHost(environment)}:${target.port}.`,
    `From the approval until the switch the application CANNOT WRITE. Its sessions on the source are ended; the ` +
      `database is dumped, restored and compared; then the secret ${application.secretName} names the target.`,
    `What fails before the switch opens the source again by itself. After the switch the target is the truth, and ` +
      `the way back is a rollback.`,
    `The gate found: ${outputReference("gate", "Output")}`,
    `Approve: ${signal} Approve`,
    `Reject: ${signal} Reject. Nothing has been changed until then.`,
    `Unanswered, the run stops after ${environment.cutover.approvalSeconds} s.`,
  ]
    .map(inAscii)
    .join("\n");
}

/** CloudFormation may make a question mark of another character. */
function inAscii(text: string): string {
  return text.replace(
    /[^\x00-\x7f]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
