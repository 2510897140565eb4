import type { Conclusion } from "./conclude";
import { checkConfirm, obtainConsent } from "./consent";
import { checkCutoverRun, findCutoverRun } from "./cutover-run";
import { prepareReport, startAndFollow } from "./run";
import { newRunId } from "./run-id";
import type { Session } from "./session";

export interface SignoffOptions {
  /** The run to make final; the one that the secret was switched by unless given. */
  cutoverRun?: string;
  /** The database's name, typed beforehand. */
  confirm?: string;
}

/** Makes a cutover final and follows that to its end: after it there is no rollback. */
export async function signOff(
  session: Session,
  { cutoverRun, confirm }: SignoffOptions,
): Promise<Conclusion> {
  checkCutoverRun(cutoverRun);
  checkConfirm(session, confirm);
  await prepareReport(session);
  const run = await findCutoverRun(session, cutoverRun, "sign off");
  const runId = newRunId(session.clock.now());
  await obtainConsent(session, { action: "signoff", runId, cutoverRun: run }, confirm);
  return await startAndFollow(session, { automation: "Signoff", runId, parameters: { CutoverRunId: run } });
}
