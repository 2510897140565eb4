import { randomUUID } from "node:crypto";
import { StartAutomationExecutionCommand, type SSMClient } from "@aws-sdk/client-ssm";
import type { Environment } from "../config/environment";
import { classifyAwsError, describeAwsError, isNamed, remedyFor } from "./aws-error";
import type { Clock } from "./clock";
import { InterruptedError, NothingStartedError, OutcomeUnknownError } from "./errors";
import type { Emit } from "./events";
import { readExecution } from "./execution";
import { listExecutions } from "./executions";
import { rehearsalDocument } from "./names";
import { patiently } from "./patience";
import { isFinished } from "./status";

export interface RehearsalStart {
  ssm: SSMClient;
  environment: Environment;
  runId: string;
  /** The target's database that may be replaced; none but a run's own when absent. */
  replace?: string;
  clock: Clock;
  emit: Emit;
  signal: AbortSignal;
}

const patienceSeconds = 10;

/**
 * Starts the environment's Rehearsal, and never a second beside one that is in progress.
 * @returns the execution's id
 * @throws NothingStartedError when it is certain that nothing was started, else OutcomeUnknownError
 */
export async function startRehearsal(start: RehearsalStart): Promise<string> {
  const { environment, runId, emit } = start;
  const document = rehearsalDocument(environment);
  await refuseWhileInProgress(start, document);
  // The last moment at which an interruption can still mean that nothing is started.
  if (start.signal.aborted)
    throw new InterruptedError("interrupted", "Interrupted: nothing was started.", "");
  emit({ code: "run-starting", runId, document });
  const executionId = await requestStart(start, document);
  emit({ code: "run-started", runId, document, executionId });
  return executionId;
}

async function refuseWhileInProgress(
  { ssm, environment, clock }: RehearsalStart,
  document: string,
): Promise<void> {
  const executions = await patiently(() => listExecutions(ssm, document), {
    clock,
    seconds: patienceSeconds,
  }).catch((error: unknown) => {
    throw notStarted(error, environment);
  });
  const running = executions.find(({ status }) => !isFinished(status));
  if (running === undefined) return;
  const since = running.startedAt === null ? "" : ` since ${running.startedAt.toISOString()}`;
  throw new NothingStartedError(
    "run-in-progress",
    `A rehearsal of ${environment.name} is in progress: execution ${running.id} (${running.status})${since}.`,
    `Wait for it (cutover follow ${running.id} --env ${environment.name}), ` +
      `or end it (cutover cancel ${running.id} --env ${environment.name}).`,
  );
}

async function requestStart(start: RehearsalStart, document: string): Promise<string> {
  const { ssm, runId, replace, clock, environment } = start;
  const command = new StartAutomationExecutionCommand({
    DocumentName: document,
    // AWS takes no empty value: without a name the document's own default, "", holds.
    Parameters: { RunId: [runId], ...(replace === undefined ? {} : { Replace: [replace] }) },
    // The same token at every attempt: AWS starts at most one execution for it.
    ClientToken: randomUUID(),
  });
  let maybeStarted = false;
  const note = (error: unknown) => {
    maybeStarted ||= classifyAwsError(error) === "unanswered";
  };
  try {
    const { AutomationExecutionId: id } = await patiently(() => ssm.send(command), {
      clock,
      seconds: patienceSeconds,
      onRetry: note,
    });
    if (id) return id;
    maybeStarted = true;
    throw new Error("AWS answered the start without an execution id");
  } catch (error) {
    note(error);
    if (!maybeStarted) throw notStarted(error, environment);
    return await findStarted(start, document, error);
  }
}

/** An attempt was sent and its answer lost: whether it started the run is seen by looking for the run's id. */
async function findStarted(start: RehearsalStart, document: string, lost: unknown): Promise<string> {
  const { ssm, environment, runId, clock } = start;
  const find = async (): Promise<string | undefined> => {
    for (const { id } of (await listExecutions(ssm, document)).slice(0, 5)) {
      if ((await readExecution(ssm, environment, id)).runId === runId) return id;
    }
    return undefined;
  };
  try {
    const found = await patiently(find, { clock, seconds: patienceSeconds });
    if (found !== undefined) return found;
  } catch (error) {
    throw new OutcomeUnknownError(
      "start-unanswered",
      `The start of run ${runId} was sent and AWS's answer was lost (${describeAwsError(error)}): it may have started.`,
      `When AWS can be reached again, look for it: aws ssm describe-automation-executions --region ` +
        `${environment.aws.region} --filters Key=DocumentNamePrefix,Values=${document}`,
      { cause: error },
    );
  }
  throw notStarted(lost, environment);
}

function notStarted(error: unknown, environment: Environment): NothingStartedError {
  const document = rehearsalDocument(environment);
  const place = `account ${environment.aws.account}, ${environment.aws.region}`;
  if (isNamed(error, "AutomationDefinitionNotFoundException", "InvalidDocument")) {
    return new NothingStartedError(
      "document-missing",
      `There is no document ${document} where these credentials lead.`,
      `Deploy the environment's runbook stack, and use credentials of ${place}.`,
      { cause: error },
    );
  }
  const refused = classifyAwsError(error) === "refused";
  return new NothingStartedError(
    refused ? "aws-refused" : "aws-unreachable",
    `Nothing was started: AWS ${refused ? "refused" : "could not be reached"} (${place}): ${describeAwsError(error)}`,
    remedyFor(error),
    { cause: error },
  );
}
