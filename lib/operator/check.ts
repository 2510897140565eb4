import { type Finding, readFindings } from "./findings";
import { secondsTaken } from "./execution";
import { follow } from "./follow";
import { checkReplace } from "./replace";
import { runIdOf } from "./run-id";
import type { Session } from "./session";
import { startAutomation } from "./start";
import { isFailure } from "./status";

/** A preflight that has ended. */
export interface Checked {
  /** Every check of the catalogue, in its order: one that told nothing has failed. */
  checks: Finding[];
  /** Whether no check failed, nor anything else of the run. */
  passed: boolean;
}

/**
 * Starts a preflight, follows it to its end and gives what each check found. Throws an OperatorError when it cannot.
 * @param replace the target's database that the run to come may drop: that it is there is then no finding
 */
export async function check(session: Session, { replace }: { replace?: string } = {}): Promise<Checked> {
  const { clients, clock, emit } = session;
  const runId = runIdOf(undefined, clock.now());
  checkReplace(replace, session.environment);
  const executionId = await startAutomation(session, {
    automation: "Preflight",
    runId,
    parameters: { Replace: replace },
  });
  const execution = await follow({ ...session, ssm: clients.ssm, executionId });
  const { status, steps, failureMessage } = execution;
  // What AWS says of the run repeats what the failed step told.
  const message = steps.some((step) => isFailure(step.status)) ? null : failureMessage;
  emit({ code: "run-ended", runId, status, seconds: secondsTaken(execution, clock.now()), message });
  const { checks, failures } = await readFindings(execution, session);
  for (const failure of failures) emit({ code: "step-failed", runId, failure });
  return { checks, passed: failures.length === 0 && checks.every(({ verdict }) => verdict !== "fail") };
}
