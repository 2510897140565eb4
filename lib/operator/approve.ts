import { NothingStartedError } from "./errors";
import { findRun } from "./find-run";
import type { Session } from "./session";
import { sendDecision, waitingApproval, type Decision } from "./signal";

/** A decision that AWS took. */
export interface Decided {
  runId: string;
  executionId: string;
  decision: Decision;
}

/** Approves or rejects a run that waits for it. */
export async function decide(
  session: Session,
  executionId: string,
  { decision, comment }: { decision: Decision; comment?: string },
): Promise<Decided> {
  const { clients, environment, clock, emit } = session;
  const run = await findRun(clients.ssm, environment, executionId, clock);
  emit({ code: "run-found", runId: run.runId, document: run.document, executionId, status: run.status });
  const step = waitingApproval(run);
  if (step === undefined) {
    throw new NothingStartedError(
      "no-approval-wanted",
      `Run ${run.runId} (execution ${executionId}, ${run.status}) waits for no approval.`,
      `See what it does: cutover follow ${executionId} --env ${environment.name}`,
    );
  }
  await sendDecision(session, { executionId, step, decision, ...(comment === undefined ? {} : { comment }) });
  return { runId: run.runId, executionId, decision };
}
