import type { Environment } from "../../config/environment";
import type { EndedInFlight } from "../end-in-flight";
import type { Question } from "../question";
import type { Approval } from "../step";
import { failureLines } from "./failure";
import { printable, printableLines } from "./printable";

/** That the run waits for approval: what approvers read, and how to answer. */
export function approvalLines(executionId: string, approval: Approval, environment: Environment): string[] {
  return [
    `The run waits for approval (execution ${executionId}). Approvers read:`,
    ...printableLines(approval.message).map((line) => `  | ${line}`),
    `  Approvers: ${printable(approval.approvers.join(", "))}`,
    `  Approve: cutover approve ${executionId} --env ${environment.name}`,
    `  Reject:  cutover approve ${executionId} --env ${environment.name} --reject`,
  ];
}

/** What the fence asks, and the two answers. */
export function questionLines(executionId: string, question: Question, environment: Environment): string[] {
  return [
    `The fence of the ${question.side} asks: ${printable(question.asks)}`,
    ...question.sessions.map((session) => `  | ${printable(session)}`),
    `  To wait for them, do nothing: the fence waits until ${printable(question.until)}, then the run fails.`,
    `  To end them: cutover end-in-flight ${executionId} --env ${environment.name}`,
  ];
}

/** What became of the sessions that were to be ended. */
export function endedLines(
  { runId, side, result, failure }: EndedInFlight,
  environment: Environment,
): string[] {
  if (failure !== null) return failureLines(failure, runId, environment);
  const ended = result?.["endedSessions"];
  const count = typeof ended === "number" ? ` Sessions ended: ${ended}.` : "";
  return [`The late sessions on the ${side} were ended.${count} The run goes on.`];
}
