import { StopAutomationExecutionCommand, type SSMClient } from "@aws-sdk/client-ssm";
import { classifyAwsError, describeAwsError, isNamed, remedyFor } from "./aws-error";
import type { Clock } from "./clock";
import { InterruptedError, NothingStartedError } from "./errors";
import type { Emit } from "./events";
import type { Run } from "./find-run";
import { patiently } from "./patience";
import { isFinished } from "./status";

const patienceSeconds = 30;

/** Asks AWS to cancel the run. It ends a little later, after the document's own onCancel steps: follow it. */
export async function requestCancel(
  { ssm, clock, emit, signal }: { ssm: SSMClient; clock: Clock; emit: Emit; signal: AbortSignal },
  run: Run,
): Promise<void> {
  const executionId = run.id;
  if (isFinished(run.status)) {
    emit({ code: "cancel-needless", executionId, status: run.status });
    return;
  }
  if (signal.aborted)
    throw new InterruptedError("interrupted", "Interrupted: the run was not cancelled.", "");
  const command = new StopAutomationExecutionCommand({ AutomationExecutionId: executionId, Type: "Cancel" });
  try {
    // Asking twice does no harm, so an answer that was lost is simply asked for again.
    await patiently(() => ssm.send(command), { clock, seconds: patienceSeconds });
    emit({ code: "cancel-requested", executionId });
  } catch (error) {
    if (isNamed(error, "InvalidAutomationStatusUpdateException")) {
      emit({ code: "cancel-needless", executionId, status: "ended, or being cancelled already" });
      return;
    }
    throw notCancelled(error);
  }
}

function notCancelled(error: unknown): NothingStartedError {
  const refused = classifyAwsError(error) === "refused";
  return new NothingStartedError(
    refused ? "cancel-refused" : "cancel-unconfirmed",
    `${refused ? "AWS refused to cancel the run" : "AWS did not confirm the cancel"}: ${describeAwsError(error)}`,
    `${remedyFor(error)} The run goes on unless a later look shows it cancelled.`,
    { cause: error },
  );
}
