import { SendAutomationSignalCommand } from "@aws-sdk/client-ssm";
import { classifyAwsError, describeAwsError, remedyFor } from "./aws-error";
import { NothingStartedError } from "./errors";
import { readExecution, type Execution } from "./execution";
import { patiently } from "./patience";
import type { Session } from "./session";
import type { Step } from "./step";

export type Decision = "Approve" | "Reject";

const patienceSeconds = 30;

/** The step at which the run waits for people; undefined when it waits for none. */
export function waitingApproval(execution: Execution): Step | undefined {
  return execution.steps.find((step) => step.approval !== null && step.status === "Waiting");
}

/**
 * Approves or rejects, as the caller that the credentials name.
 * @throws NothingStartedError when AWS refuses (the caller is no approver) or did not confirm it
 */
export async function sendDecision(
  session: Pick<Session, "environment" | "clients" | "clock">,
  {
    executionId,
    step,
    decision,
    comment,
  }: { executionId: string; step: Step; decision: Decision; comment?: string },
): Promise<void> {
  const { clients, clock } = session;
  const command = new SendAutomationSignalCommand({
    AutomationExecutionId: executionId,
    SignalType: decision,
    ...(comment === undefined ? {} : { Payload: { Comment: [comment] } }),
  });
  let maybeTaken = false;
  try {
    await patiently(() => clients.ssm.send(command), {
      clock,
      seconds: patienceSeconds,
      onRetry: (error) => {
        maybeTaken ||= classifyAwsError(error) === "unanswered";
      },
    });
  } catch (error) {
    // An attempt whose answer was lost may have been taken, and a second one is refused for that very reason.
    if (maybeTaken && (await waitsNoMore(session, executionId))) return;
    throw notDecided(error, step, decision);
  }
}

async function waitsNoMore(
  { environment, clients }: Pick<Session, "environment" | "clients">,
  executionId: string,
): Promise<boolean> {
  try {
    return waitingApproval(await readExecution(clients.ssm, environment, executionId)) === undefined;
  } catch {
    // Not known, so the refusal itself is what is told.
    return false;
  }
}

function notDecided(error: unknown, { approval }: Step, decision: Decision): NothingStartedError {
  const noun = decision === "Approve" ? "approval" : "rejection";
  const said = describeAwsError(error);
  if (classifyAwsError(error) !== "refused") {
    return new NothingStartedError(
      "decision-unconfirmed",
      `AWS did not confirm the ${noun}: ${said}`,
      `${remedyFor(error)} Follow the run to see whether it was taken.`,
      { cause: error },
    );
  }
  return new NothingStartedError(
    "decision-refused",
    `AWS refused the ${noun}: ${said}`,
    `The run waits on. Approvers are: ${approval?.approvers.join(", ") ?? ""}. Use credentials of one of them.`,
    { cause: error },
  );
}
