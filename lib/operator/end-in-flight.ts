import {
  GetCommandInvocationCommand,
  SendCommandCommand,
  type GetCommandInvocationResult,
} from "@aws-sdk/client-ssm";
import { describeAwsError, isNamed, isPassing, remedyFor } from "./aws-error";
import { InterruptedError, NothingStartedError, OutcomeUnknownError } from "./errors";
import { findRun, type Run } from "./find-run";
import { commandDocument } from "./names";
import { patiently } from "./patience";
import { readQuestion, workingFence } from "./question";
import { Relay } from "./relay";
import type { Session } from "./session";
import type { HostName, Step } from "./step";
import { explainFailure, type StepFailure } from "./step-failure";
import { lastStepResult, type StepResult } from "./step-result";

/** How the command that ends the late sessions ended. */
export interface EndedInFlight {
  runId: string;
  side: HostName;
  /** The step's own result; null when it left none. */
  result: StepResult | null;
  /** Null when it succeeded. */
  failure: StepFailure | null;
}

const patienceSeconds = 30;
const pollMilliseconds = 1_000;
const deliverySeconds = 60;
const unfinished: ReadonlySet<string> = new Set(["Pending", "InProgress", "Delayed", "Cancelling"]);

/** Answers the question of the run's fence: the sessions that it waits for are ended. */
export async function endInFlight(session: Session, executionId: string): Promise<EndedInFlight> {
  const { clients, environment, clock, emit } = session;
  const run = await findRun(clients.ssm, environment, executionId, clock);
  emit({ code: "run-found", runId: run.runId, document: run.document, executionId, status: run.status });
  const fence = workingFence(run);
  if (fence === undefined) throw nothingAsked(run, "no fence of it is at work");
  const asked = await readQuestion(session, run.runId, fence.side);
  if (asked.kind === "none") throw nothingAsked(run, `its step ${fence.step.name} asks nothing now`);
  if (asked.kind === "unreadable") {
    throw new NothingStartedError(
      "question-unreadable",
      `Nothing was ended: what the fence asks cannot be read in the relay bucket: ${asked.reason}`,
      "Use credentials that may read the relay bucket, then try again.",
    );
  }
  return await sendEnd(session, run.runId, fence);
}

/** Ends what the fence asks about; the caller knows that it asks. */
export async function sendEnd(
  session: Session,
  runId: string,
  { side, step }: { side: HostName; step: Step },
): Promise<EndedInFlight> {
  const { environment, emit } = session;
  const name = `end-in-flight-${side}`;
  const document = commandDocument(environment, name);
  const instanceId = step.instanceId ?? environment.target.instanceId;
  const commandId = await send(session, { document, instanceId, runId, step });
  emit({ code: "in-flight-ending", document, instanceId, commandId });
  const invocation = await awaitEnd(session, commandId, instanceId);
  const output = invocation.StandardOutputContent ?? "";
  const result = lastStepResult(output);
  if (invocation.Status === "Success") return { runId, side, result, failure: null };
  const failure = await explainFailure(
    {
      ...step,
      name,
      instanceId,
      commandId,
      output,
      status: invocation.Status ?? "Failed",
      failureMessage: null,
    },
    {
      ssm: session.clients.ssm,
      relay: new Relay(session.clients.s3, environment, runId),
      clock: session.clock,
    },
  );
  return { runId, side, result, failure };
}

async function send(
  { clients, clock, environment }: Session,
  command: { document: string; instanceId: string; runId: string; step: Step },
): Promise<string> {
  const request = new SendCommandCommand({
    DocumentName: command.document,
    InstanceIds: [command.instanceId],
    Parameters: { RunId: [command.runId] },
    TimeoutSeconds: deliverySeconds,
    ...(command.step.logGroup === null
      ? {}
      : {
          CloudWatchOutputConfig: {
            CloudWatchLogGroupName: command.step.logGroup,
            CloudWatchOutputEnabled: true,
          },
        }),
  });
  try {
    // Ending them twice does no harm, so a request whose answer was lost is simply sent again.
    const { Command } = await patiently(() => clients.ssm.send(request), { clock, seconds: patienceSeconds });
    if (Command?.CommandId) return Command.CommandId;
    throw new Error("AWS answered without a command's id");
  } catch (error) {
    const missing = isNamed(error, "InvalidDocument");
    throw new NothingStartedError(
      missing ? "document-missing" : "command-refused",
      missing
        ? `There is no document ${command.document} where these credentials lead.`
        : `AWS did not take the command ${command.document}: ${describeAwsError(error)}`,
      missing
        ? `Deploy the environment's runbook stack, and use credentials of account ${environment.aws.account}.`
        : remedyFor(error),
      { cause: error },
    );
  }
}

async function awaitEnd(
  { clients, clock, signal }: Session,
  commandId: string,
  instanceId: string,
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
      `${remedyFor(error)} Follow the run to see whether its fence goes on.`,
      { cause: error },
    );
  }
}

function nothingAsked({ runId, id, status }: Run, why: string): NothingStartedError {
  return new NothingStartedError(
    "nothing-asked",
    `Run ${runId} (execution ${id}, ${status}) waits for no answer: ${why}. Nothing was ended.`,
    "A fence asks only while sessions go on after their time; `cutover follow` tells when it does.",
  );
}
