import {
  GetCommandInvocationCommand,
  SendCommandCommand,
  type GetCommandInvocationResult,
} from "@aws-sdk/client-ssm";
import { describeAwsError, isNamed, isPassing, remedyFor } from "./aws-error";
import { InterruptedError, NothingStartedError, OutcomeUnknownError } from "./errors";
import { patiently } from "./patience";
import type { Session } from "./session";

/** A Command document on one host. Sent twice it must do no harm: a request whose answer was lost is sent again. */
export interface CommandRequest {
  document: string;
  instanceId: string;
  parameters: Readonly<Record<string, string>>;
  /** The CloudWatch log group of what it prints; none when null. */
  logGroup: string | null;
}

const patienceSeconds = 30;
const pollMilliseconds = 1_000;
const deliverySeconds = 60;
const unfinished: ReadonlySet<string> = new Set(["Pending", "InProgress", "Delayed", "Cancelling"]);

/** @returns the command's id */
export async function sendCommand(
  { clients, clock, environment }: Session,
  { document, instanceId, parameters, logGroup }: CommandRequest,
): Promise<string> {
  const request = new SendCommandCommand({
    DocumentName: document,
    InstanceIds: [instanceId],
    Parameters: Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, [value]])),
    TimeoutSeconds: deliverySeconds,
    ...(logGroup === null
      ? {}
      : { CloudWatchOutputConfig: { CloudWatchLogGroupName: logGroup, CloudWatchOutputEnabled: true } }),
  });
  try {
    const { Command } = await patiently(() => clients.ssm.send(request), { clock, seconds: patienceSeconds });
    if (Command?.CommandId) return Command.CommandId;
    throw new Error("AWS answered without a command's id");
  } catch (error) {
    const missing = isNamed(error, "InvalidDocument");
    throw new NothingStartedError(
      missing ? "document-missing" : "command-refused",
      missing
        ? `There is no document ${document} where these credentials lead.`
        : `AWS did not take the command ${document}: ${describeAwsError(error)}`,
      missing
        ? `Deploy the environment's runbook stack, and use credentials of account ${environment.aws.account}.`
        : remedyFor(error),
      { cause: error },
    );
  }
}

/** Waits for the command's end. @param otherwise how its outcome is seen where AWS cannot be asked any more */
export async function awaitCommand(
  { clients, clock, signal }: Session,
  { commandId, instanceId, otherwise }: { commandId: string; instanceId: string; otherwise: string },
): Promise<GetCommandInvocationResult> {
  const command = new GetCommandInvocationCommand({ CommandId: commandId, InstanceId: instanceId });
  try {
    for (;;) {
      const invocation = await patiently(() => clients.ssm.send(command), {
        ...{ clock, signal, seconds: patienceSeconds },
        // AWS may not find a command that it has only just taken.
        mayPass: (error) => isPassing(error) || isNamed(error, "InvocationDoesNotExist"),
      });
      if (!unfinished.has(invocation.Status ?? "Pending")) return invocation;
      await clock.sleep(pollMilliseconds, signal);
    }
  } catch (error) {
    if (signal.aborted)
      throw new InterruptedError("interrupted", "Interrupted: the command was sent and goes on.", "");
    throw new OutcomeUnknownError(
      "command-unseen",
      `The command ${commandId} was sent, and how it ends cannot be seen: ${describeAwsError(error)}`,
      `${remedyFor(error)} ${otherwise}`,
      { cause: error },
    );
  }
}
