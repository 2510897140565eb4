import { BadInputError, NothingStartedError } from "./errors";
import { runOfVersion } from "./names";
import { checkRunId } from "./run-id";
import type { Session } from "./session";
import { truthOrRefusal, unknownTruth } from "./truth";

/**
 * The run whose cutover is to be taken back, or made final: the one that made the secret's current version.
 * @param asked what --cutover-run says
 * @throws NothingStartedError when the target is not the truth; BadInputError for a run that did not switch
 */
export async function findCutoverRun(
  session: Session,
  asked: string | undefined,
  purpose: "roll back" | "sign off",
): Promise<string> {
  const { environment } = session;
  const { secretName } = environment.application;
  const truth = await truthOrRefusal(session);
  if (truth.side === "source") {
    throw new NothingStartedError(
      `nothing-to-${purpose.replace(" ", "-")}`,
      `There is nothing to ${purpose}: the application's secret ${secretName} points at the source (${truth.address}).`,
      "Look at what ran: cutover status --env " + environment.name,
    );
  }
  if (truth.side === null) throw unknownTruth(environment, truth);
  const current = runOfVersion(truth.versionId);
  if (asked !== undefined && (current === null || asked === current)) return asked;
  if (asked !== undefined) {
    throw new BadInputError(
      "cutover-run-mismatch",
      `--cutover-run names ${asked}; the secret ${secretName} was switched by run ${current}. Nothing was started.`,
      `Leave --cutover-run out, or write --cutover-run ${current}.`,
    );
  }
  if (current !== null) return current;
  throw new BadInputError(
    "cutover-run-unknown",
    `The current version of the secret ${secretName} (${truth.versionId}) was made by no cutover: ` +
      "its password was changed since, perhaps. Nothing was started.",
    `Name the run with --cutover-run; the target checks it. Its id: cutover status --env ${environment.name}`,
  );
}

/** @param asked what --cutover-run says; looked at before AWS is asked for anything */
export function checkCutoverRun(asked: string | undefined): void {
  if (asked !== undefined) checkRunId(asked, "--cutover-run");
}
