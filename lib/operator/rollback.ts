import type { Conclusion } from "./conclude";
import { checkConfirm, obtainConsent } from "./consent";
import { checkCutoverRun, findCutoverRun } from "./cutover-run";
import { prepareReport, startAndFollow } from "./run";
import { runIdOf } from "./run-id";
import type { Session } from "./session";

export interface RollbackOptions {
  runId?: string;
  /** The run to take back; the one that the secret was switched by unless given. */
  cutoverRun?: string;
  /** The database's name, typed beforehand. */
  confirm?: string;
  /** Whether the writes since the switch are applied on the source. */
  carryWrites: boolean;
}

/** Starts a rollback and follows it to its end. Throws an OperatorError when there is no outcome to tell. */
export async function rollBack(session: Session, options: RollbackOptions): Promise<Conclusion> {
  const { carryWrites, confirm } = options;
  const runId = runIdOf(options.runId, session.clock.now());
  checkCutoverRun(options.cutoverRun);
  checkConfirm(session, confirm);
  await prepareReport(session);
  const cutoverRun = await findCutoverRun(session, options.cutoverRun, "roll back");
  await obtainConsent(session, { action: "rollback", runId, cutoverRun, carryWrites }, confirm);
  return await startAndFollow(session, {
    automation: "Rollback",
    runId,
    parameters: { CutoverRunId: cutoverRun, CarryWrites: carryWrites ? "yes" : "no" },
  });
}
