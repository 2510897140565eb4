import { awaitCommand, sendCommand } from "./command";
import { NothingStartedError } from "./errors";
import { findRun, type Run } from "./find-run";
import { commandDocument } from "./names";
import { readQuestion, workingFence } from "./question";
import { Relay } from "./relay";
import type { Session } from "./session";
import type { HostName, Step } from "./step";
import { explainFailure, type StepFailure } from "./step-failure";
import { lastStepResult, type StepResult } from "./step-result";
import { findTarget } from "./target";

/** How the command that ends the late sessions ended. */
export interface EndedInFlight {
  runId: string;
  side: HostName;
  /** The step's own result; null when it left none. */
  result: StepResult | null;
  /** Null when it succeeded. */
  failure: StepFailure | null;
}

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
  const instanceId = step.instanceId ?? (await findTarget(session));
  const commandId = await sendCommand(session, {
    ...{ document, instanceId, logGroup: step.logGroup },
    parameters: { RunId: runId },
  });
  emit({ code: "in-flight-ending", document, instanceId, commandId });
  const invocation = await awaitCommand(session, {
    ...{ commandId, instanceId },
    otherwise: "Follow the run to see whether its fence goes on.",
  });
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

function nothingAsked({ runId, id, status }: Run, why: string): NothingStartedError {
  return new NothingStartedError(
    "nothing-asked",
    `Run ${runId} (execution ${id}, ${status}) waits for no answer: ${why}. Nothing was ended.`,
    "A fence asks only while sessions go on after their time; `cutover follow` tells when it does.",
  );
}
