import type { Conclusion } from "./conclude";
import { BadInputError } from "./errors";
import { checkRecoveryTime } from "./recovery-time";
import { prepareReport, startAndFollow } from "./run";
import { runIdOf } from "./run-id";
import type { Session } from "./session";

export interface DrillOptions {
  runId?: string;
  /** 3 is on the repository host, 2 in S3; both unless given. */
  repo?: string;
  /** ISO 8601 with a zone; the latest that the archive holds unless given. */
  time?: string;
}

/** Restores from the repositories beside the live cluster. Throws an OperatorError when there is no outcome to tell. */
export async function drill(session: Session, { runId, repo, time }: DrillOptions): Promise<Conclusion> {
  const run = runIdOf(runId, session.clock.now());
  checkRepo(repo);
  checkRecoveryTime(time, session.clock.now());
  await prepareReport(session);
  return await startAndFollow(session, {
    automation: "RestoreDrill",
    runId: run,
    parameters: { Time: time, Repos: repo },
  });
}

/** @throws BadInputError for what is no repository of the target */
export function checkRepo(repo: string | undefined): void {
  if (repo === undefined || repo === "2" || repo === "3") return;
  throw new BadInputError(
    "repo-unknown",
    `--repo ${JSON.stringify(repo)} is no repository of the target.`,
    "Write --repo 3 for the repository host or --repo 2 for S3.",
  );
}
