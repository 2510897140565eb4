import type { Conclusion } from "./conclude";
import { checkReplace } from "./replace";
import { prepareReport, startAndFollow } from "./run";
import { runIdOf } from "./run-id";
import type { Session } from "./session";

/** Starts a rehearsal and follows it to its end. Throws an OperatorError when there is no outcome to tell. */
export async function rehearse(
  session: Session,
  { runId, replace, leaveOpen }: { runId?: string; replace?: string; leaveOpen?: boolean } = {},
): Promise<Conclusion> {
  const run = runIdOf(runId, session.clock.now());
  checkReplace(replace, session.environment);
  await prepareReport(session);
  return await startAndFollow(session, {
    automation: "Rehearsal",
    runId: run,
    parameters: { Replace: replace, LeaveOpen: leaveOpen ? "yes" : undefined },
  });
}
