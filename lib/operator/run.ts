import { requestCancel } from "./cancel";
import { conclude, type Conclusion } from "./conclude";
import { findRun, type Run } from "./find-run";
import { follow } from "./follow";
import { prepareReportDirectory } from "./report/write";
import type { Session } from "./session";
import { startAutomation, type Start } from "./start";
import { watchApproval } from "./watch-approval";
import { watchQuestion } from "./watch-question";

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

/** Starts an automation and follows it to its end. Throws an OperatorError when there is no outcome to tell. */
export async function startAndFollow(
  session: Session,
  start: Start,
  options: { approve: boolean } = { approve: false },
): Promise<Conclusion> {
  const executionId = await startAutomation(session, start);
  return await toItsEnd(session, start.runId, executionId, options);
}

/** Makes sure, before AWS is asked for anything, that there will be a report. */
export async function prepareReport({ reportDirectory }: Session): Promise<void> {
  if (reportDirectory !== undefined) await prepareReportDirectory(reportDirectory);
}

async function find(session: Session, executionId: string): Promise<Run> {
  const { environment, clients, clock, emit } = session;
  await prepareReport(session);
  const run = await findRun(clients.ssm, environment, executionId, clock);
  emit({ code: "run-found", runId: run.runId, document: run.document, executionId, status: run.status });
  return run;
}

async function toItsEnd(
  session: Session,
  runId: string,
  executionId: string,
  { approve }: { approve: boolean } = { approve: false },
): Promise<Conclusion> {
  const { ssm } = session.clients;
  const watches = [watchApproval(session, runId, { approve }), watchQuestion(session, runId)];
  const execution = await follow({ ...session, ssm, executionId, watches });
  return await conclude(runId, execution, session);
}
