import path from "node:path";
import type { Emit } from "./events";
import { secondsTaken, type Execution } from "./execution";
import { messageOf } from "./message-of";
import { type Automation, isOfHostStack } from "./names";
import { PrintedResults } from "./printed-results";
import { Relay } from "./relay";
import { composeReport } from "./report/report";
import { readResults, type SignoffRecord } from "./report/results";
import type { Report } from "./report/schema";
import { reportFile, writeReport } from "./report/write";
import type { Session } from "./session";
import { readStanding } from "./standing";
import { isFailure, succeeded } from "./status";
import type { HostName } from "./step";
import { explainFailure } from "./step-failure";
import { readTruth, truthUnread } from "./truth";

/** A run that has ended, for good or ill. */
export interface Conclusion {
  executionId: string;
  /** Null when it is none that this program knows. */
  automation: Automation | null;
  /** The automation's own: `Success`, `Failed`, `Cancelled`, `TimedOut` … */
  status: string;
  seconds: number;
  report: Report;
  /** What a signoff recorded; null for every other run. */
  signoff: SignoffRecord | null;
}

type Concluding = Pick<Session, "environment" | "clients" | "clock" | "emit" | "reportDirectory">;

// These may change which side is the truth, or whether the application can write to it.
const changing: ReadonlySet<Automation | null> = new Set<Automation>(["Cutover", "Rollback", "Reopen"]);

/** Tells how the run ended and why its steps failed, and composes its report. */
export async function conclude(
  runId: string,
  execution: Execution,
  session: Concluding,
): Promise<Conclusion> {
  const { environment, clients, clock, emit } = session;
  const { status, automation } = execution;
  // The host stack's automations run where there may be no runbook any more, and no relay.
  const relay = isOfHostStack(automation) ? null : new Relay(clients.s3, environment, runId);
  const seconds = secondsTaken(execution, clock.now());
  const failed = status === succeeded ? [] : execution.steps.filter((step) => isFailure(step.status));
  // What AWS says of the run repeats what the failed step printed, which is told better below.
  const message = failed.length === 0 ? execution.failureMessage : null;
  emit({ code: "run-ended", runId, status, seconds, message });
  for (const step of failed) {
    const failure = await explainFailure(step, { ssm: clients.ssm, relay, clock });
    emit({ code: "step-failed", runId, failure });
  }
  const source = relay ?? new PrintedResults(execution, { ssm: clients.ssm, clock });
  const results = await readResults(source, execution, status === succeeded, emit);
  const truth = changing.has(automation) ? await tellTruth(session) : null;
  const report = composeReport(runId, execution, results, truth, clock.now());
  if (session.reportDirectory !== undefined) await saveReport(session.reportDirectory, report, emit);
  if (status !== succeeded && changing.has(automation)) await tellStanding(session);
  return { executionId: execution.id, automation, status, seconds, report, signoff: results.signoff };
}

async function tellTruth(session: Concluding): Promise<HostName | null> {
  try {
    const { side, address } = await readTruth(session);
    if (side === null)
      session.emit({ code: "truth-unknown", reason: `the secret points at ${address ?? "nothing"}` });
    return side;
  } catch (error) {
    session.emit({ code: "truth-unknown", reason: truthUnread(error) });
    return null;
  }
}

/** After a run that failed: whether the application can write, and what to do when it cannot. */
async function tellStanding(session: Concluding): Promise<void> {
  try {
    session.emit({ code: "standing", standing: await readStanding(session) });
  } catch (error) {
    session.emit({ code: "standing-unknown", reason: truthUnread(error) });
  }
}

// The run's outcome is known by now, and a full disk must not hide it.
async function saveReport(directory: string, report: Report, emit: Emit): Promise<void> {
  try {
    emit({ code: "report-written", path: await writeReport(directory, report) });
  } catch (error) {
    emit({ code: "report-not-written", path: path.join(directory, reportFile), reason: messageOf(error) });
  }
}
