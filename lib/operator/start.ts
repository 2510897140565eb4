import { randomUUID } from "node:crypto";
import { StartAutomationExecutionCommand } from "@aws-sdk/client-ssm";
import { classifyAwsError, describeAwsError } from "./aws-error";
import { InterruptedError, OutcomeUnknownError } from "./errors";
import { readExecution } from "./execution";
import { listAutomations } from "./executions";
import { refuseWhileInProgress } from "./in-progress";
import { automationDocument, type Automation } from "./names";
import { notStarted } from "./not-started";
import { patiently } from "./patience";
import type { Session } from "./session";

export interface Start {
  automation: Automation;
  runId: string;
  /** Beside RunId. One without a value is left to the document's default: AWS takes no empty value. */
  parameters: Readonly<Record<string, string | undefined>>;
}

type Starter = Pick<Session, "environment" | "clients" | "clock" | "emit" | "signal">;

const patienceSeconds = 10;

/**
 * Starts one of the environment's automations, and never a second beside one that is in progress.
 * @returns the execution's id
 * @throws NothingStartedError when it is certain that nothing was started, else OutcomeUnknownError
 */
export async function startAutomation(session: Starter, start: Start): Promise<string> {
  const { environment, clients, clock, emit, signal } = session;
  const { runId } = start;
  const document = automationDocument(environment, start.automation);
  await refuseWhileInProgress({ ssm: clients.ssm, environment, clock });
  // The last moment at which an interruption can still mean that nothing is started.
  if (signal.aborted) throw new InterruptedError("interrupted", "Interrupted: nothing was started.", "");
  emit({ code: "run-starting", runId, document });
  const executionId = await requestStart(session, start, document);
  emit({ code: "run-started", runId, document, executionId });
  return executionId;
}

async function requestStart(session: Starter, start: Start, document: string): Promise<string> {
  const { clients, clock, environment } = session;
  const command = new StartAutomationExecutionCommand({
    DocumentName: document,
    Parameters: parametersOf(start),
    // The same token at every attempt: AWS starts at most one execution for it.
    ClientToken: randomUUID(),
  });
  let maybeStarted = false;
  const note = (error: unknown) => {
    maybeStarted ||= classifyAwsError(error) === "unanswered";
  };
  try {
    const { AutomationExecutionId: id } = await patiently(() => clients.ssm.send(command), {
      clock,
      seconds: patienceSeconds,
      onRetry: note,
    });
    if (id) return id;
    maybeStarted = true;
    throw new Error("AWS answered the start without an execution id");
  } catch (error) {
    note(error);
    if (!maybeStarted) throw notStarted(error, environment, document);
    return await findStarted(session, start, document, error);
  }
}

function parametersOf({ runId, parameters }: Start): Record<string, string[]> {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== "");
  return { RunId: [runId], ...Object.fromEntries(given.map(([name, value]) => [name, [value ?? ""]])) };
}

/** An attempt was sent and its answer lost: whether it started the run is seen by looking for the run's id. */
async function findStarted(
  { clients, environment, clock }: Starter,
  { automation, runId }: Start,
  document: string,
  lost: unknown,
): Promise<string> {
  const find = async (): Promise<string | undefined> => {
    const listed = await listAutomations(clients.ssm, environment);
    const candidates = listed.filter((listing) => listing.automation === automation).slice(0, 5);
    for (const { id } of candidates) {
      if ((await readExecution(clients.ssm, environment, id)).runId === runId) return id;
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
  throw notStarted(lost, environment, document);
}
