import type { Conclusion } from "./conclude";
import { acceptParameter } from "./accept";
import { BadInputError } from "./errors";
import { checkReplace } from "./replace";
import { prepareReport, startAndFollow } from "./run";
import { runIdOf } from "./run-id";
import type { Session } from "./session";

export interface RehearseOptions {
  readonly runId?: string;
  readonly replace?: string;
  readonly leaveOpen?: boolean;
  /** Ids of the application's own jobs that run on the copy, with commas, or `all`. */
  readonly runJobs?: string;
  /** Names of differences that are accepted. */
  readonly accept?: readonly string[];
}

/** Starts a rehearsal and follows it to its end. Throws an OperatorError when there is no outcome to tell. */
export async function rehearse(
  session: Session,
  { runId, replace, leaveOpen, runJobs, accept }: RehearseOptions = {},
): Promise<Conclusion> {
  const run = runIdOf(runId, session.clock.now());
  checkReplace(replace, session.environment);
  checkJobs(runJobs);
  const Accept = acceptParameter(accept);
  await prepareReport(session);
  return await startAndFollow(session, {
    automation: "Rehearsal",
    runId: run,
    parameters: { Replace: replace, LeaveOpen: leaveOpen ? "yes" : undefined, RunJobs: runJobs, Accept },
  });
}

function checkJobs(jobs: string | undefined): void {
  if (jobs === undefined || /^(all|\d{4,9}(,\d{4,9}){0,30})$/.test(jobs)) return;
  throw new BadInputError(
    "run-jobs",
    `--run-jobs ${JSON.stringify(jobs)} names no jobs.`,
    'Write "all", or ids of timescaledb_information.jobs with commas, such as 1000,1003.',
  );
}
