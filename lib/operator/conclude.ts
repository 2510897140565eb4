import path from "node:path";
import type { Environment } from "../config/environment";
import type { Clients } from "./clients";
import type { Clock } from "./clock";
import type { Emit } from "./events";
import type { Execution } from "./execution";
import { messageOf } from "./message-of";
import { Relay } from "./relay";
import { composeReport } from "./report/report";
import { readResults } from "./report/results";
import type { Report } from "./report/schema";
import { reportFile, writeReport } from "./report/write";
import { isFailure, succeeded } from "./status";
import { explainFailure } from "./step-failure";

/** A run that has ended, for good or ill. */
export interface Conclusion {
  executionId: string;
  /** The automation's own: `Success`, `Failed`, `Cancelled`, `TimedOut` … */
  status: string;
  seconds: number;
  report: Report;
}

export interface ConcludeOptions {
  environment: Environment;
  clients: Clients;
  clock: Clock;
  emit: Emit;
  /** Where report.json goes; nowhere when absent. */
  reportDirectory?: string;
}

/** Tells how the run ended and why its steps failed, and composes its report. */
export async function conclude(
  runId: string,
  execution: Execution,
  options: ConcludeOptions,
): Promise<Conclusion> {
  const { environment, clients, clock, emit } = options;
  const { status } = execution;
  const relay = new Relay(clients.s3, environment, runId);
  const seconds = secondsTaken(execution, clock.now());
  const failed = status === succeeded ? [] : execution.steps.filter((step) => isFailure(step.status));
  // What AWS says of the run repeats what the failed step printed, which is told better below.
  const message = failed.length === 0 ? execution.failureMessage : null;
  emit({ code: "run-ended", runId, status, seconds, message });
  for (const step of failed) {
    const failure = await explainFailure(step, { ssm: clients.ssm, relay, clock });
    emit({ code: "step-failed", runId, failure });
  }
  const results = await readResults(relay, status === succeeded, emit);
  const report = composeReport(runId, execution, results, clock.now());
  if (options.reportDirectory !== undefined) await saveReport(options.reportDirectory, report, emit);
  return { executionId: execution.id, status, seconds, report };
}

// The run's outcome is known by now, and a full disk must not hide it.
async function saveReport(directory: string, report: Report, emit: Emit): Promise<void> {
  try {
    emit({ code: "report-written", path: await writeReport(directory, report) });
  } catch (error) {
    emit({ code: "report-not-written", path: path.join(directory, reportFile), reason: messageOf(error) });
  }
}

function secondsTaken(execution: Execution, now: Date): number {
  const started = execution.startedAt ?? now;
  const milliseconds = (execution.endedAt ?? now).getTime() - started.getTime();
  return Math.max(0, Math.round(milliseconds / 100) / 10);
}
