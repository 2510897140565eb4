import type { Environment } from "../config/environment";
import { requestCancel } from "./cancel";
import type { Clients } from "./clients";
import type { Clock } from "./clock";
import { conclude, type Conclusion } from "./conclude";
import { BadInputError } from "./errors";
import type { Emit } from "./events";
import { findRun, type Run } from "./find-run";
import { follow } from "./follow";
import { prepareReportDirectory } from "./report/write";
import { checkRunId, newRunId } from "./run-id";
import { startRehearsal } from "./start";

/** What every command of the operator works with. */
export interface Session {
  environment: Environment;
  clients: Clients;
  clock: Clock;
  emit: Emit;
  /** Aborted to stop following (Ctrl-C); the run itself is not stopped by it. */
  signal: AbortSignal;
  /** Where report.json goes; nowhere when absent. */
  reportDirectory?: string;
}

/** Starts a rehearsal and follows it to its end. Throws an OperatorError when there is no outcome to tell. */
export async function rehearse(
  session: Session,
  options: { runId?: string; replace?: string } = {},
): Promise<Conclusion> {
  const { environment, clients, clock } = session;
  const runId = options.runId === undefined ? newRunId(clock.now()) : checkRunId(options.runId);
  const replacing = checkReplace(options.replace, environment);
  await prepare(session);
  const executionId = await startRehearsal({ ...session, ssm: clients.ssm, runId, ...replacing });
  return await toItsEnd(session, runId, executionId);
}

/** Follows a run that was started before, by anyone, to its end. */
export async function followRun(session: Session, executionId: string): Promise<Conclusion> {
  const run = await find(session, executionId);
  return await toItsEnd(session, run.runId, run.id);
}

/** Cancels a run and follows it to its end. */
export async function cancelRun(session: Session, executionId: string): Promise<Conclusion> {
  const run = await find(session, executionId);
  await requestCancel({ ...session, ssm: session.clients.ssm }, run);
  return await toItsEnd(session, run.runId, run.id);
}

async function find(session: Session, executionId: string): Promise<Run> {
  const { environment, clients, clock, emit } = session;
  await prepare(session);
  const run = await findRun(clients.ssm, environment, executionId, clock);
  emit({ code: "run-found", runId: run.runId, document: run.document, executionId, status: run.status });
  return run;
}

async function prepare({ reportDirectory }: Session): Promise<void> {
  if (reportDirectory !== undefined) await prepareReportDirectory(reportDirectory);
}

async function toItsEnd(session: Session, runId: string, executionId: string): Promise<Conclusion> {
  const { ssm } = session.clients;
  const execution = await follow({ ...session, ssm, executionId });
  return await conclude(runId, execution, session);
}

// Naming the database is the consent to lose what the target holds of it, so a wrong name is no consent.
function checkReplace(replace: string | undefined, environment: Environment): { replace?: string } {
  const { name } = environment.database;
  if (replace === undefined) return {};
  if (replace === name) return { replace };
  throw new BadInputError(
    "replace-mismatch",
    `--replace names ${JSON.stringify(replace)}; the database of ${environment.name} is ${JSON.stringify(name)}.`,
    `Write --replace ${name}, if the target's database of that name may be lost.`,
  );
}
