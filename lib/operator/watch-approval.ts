import { OperatorError } from "./errors";
import type { Watch } from "./follow";
import type { Session } from "./session";
import { sendDecision, waitingApproval } from "./signal";

/** Tells once that the run waits for approval, and gives the caller's own where that was asked for. */
export function watchApproval(session: Session, runId: string, options: { approve: boolean }): Watch {
  const told = new Set<string>();
  return async (execution) => {
    const step = waitingApproval(execution);
    if (step === undefined || step.approval === null || told.has(step.name)) return;
    told.add(step.name);
    const { id: executionId } = execution;
    session.emit({ code: "approval-awaited", runId, executionId, approval: step.approval });
    if (!options.approve) return;
    try {
      await sendDecision(session, { executionId, step, decision: "Approve" });
      session.emit({ code: "approval-sent", executionId });
    } catch (error) {
      if (!(error instanceof OperatorError)) throw error;
      // Somebody else may still approve: the run is followed on.
      session.emit({ code: "approval-refused", executionId, reason: error.message, remedy: error.remedy });
    }
  };
}
