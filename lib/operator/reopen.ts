import type { Conclusion } from "./conclude";
import { NothingStartedError } from "./errors";
import { refuseWhileInProgress } from "./in-progress";
import { prepareReport, startAndFollow } from "./run";
import { newRunId } from "./run-id";
import type { Session } from "./session";
import { truthOrRefusal, unknownTruth } from "./truth";

/** Opens a source that a lost run left fenced: only while the source is the truth, for else there would be two. */
export async function reopen(session: Session): Promise<Conclusion> {
  const { environment, clients, clock } = session;
  await prepareReport(session);
  // Looked at before the secret: a cutover in progress may be about to change what it says.
  await refuseWhileInProgress({ ssm: clients.ssm, environment, clock });
  const truth = await truthOrRefusal(session);
  if (truth.side === "target") {
    throw new NothingStartedError(
      "two-truths",
      `Nothing was started: the application's secret ${environment.application.secretName} points at the target ` +
        `(${truth.address}), which is the truth. A source that is open beside it would be a second one.`,
      `To go back to the source: cutover rollback --env ${environment.name}`,
    );
  }
  if (truth.side === null) throw unknownTruth(environment, truth);
  return await startAndFollow(session, {
    automation: "Reopen",
    runId: newRunId(clock.now()),
    // The secret names the source: one that a rollback could not open is opened as well.
    parameters: { Rollback: "yes" },
  });
}
