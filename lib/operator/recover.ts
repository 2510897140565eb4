import type { Conclusion } from "./conclude";
import { checkConfirm, obtainConsent } from "./consent";
import { checkRepo } from "./drill";
import { checkRecoveryTime } from "./recovery-time";
import { checkReplace } from "./replace";
import { prepareReport, startAndFollow } from "./run";
import { runIdOf } from "./run-id";
import type { Session } from "./session";

export interface RecoverOptions {
  runId?: string;
  /** The database's name, typed beforehand. */
  confirm?: string;
  /** 3 is on the repository host, 2 in S3. */
  repo: string;
  /** ISO 8601 with a zone; the latest that the archive holds unless given. */
  time?: string;
  /** The database's name, where the cluster on the target does not run and may be set aside. */
  replace?: string;
}

/** Restores the database of a lost instance on a fresh one. Throws an OperatorError when there is no outcome to tell. */
export async function recover(session: Session, options: RecoverOptions): Promise<Conclusion> {
  const { confirm, repo, time, replace } = options;
  const runId = runIdOf(options.runId, session.clock.now());
  checkRepo(repo);
  checkRecoveryTime(time, session.clock.now());
  checkReplace(replace, session.environment);
  checkConfirm(session, confirm);
  await prepareReport(session);
  const intent = { action: "recover", runId, repo, time: time ?? null, replace: replace ?? null } as const;
  await obtainConsent(session, intent, confirm);
  return await startAndFollow(session, {
    automation: "Recover",
    runId,
    parameters: { Repo: repo, Time: time, Replace: replace },
  });
}
