import type { Execution } from "../execution";
import { succeeded } from "../status";
import { secondsOf, type HostName } from "../step";
import { outageOf } from "./outage";
import type { Results } from "./results";
import { reportSchema, type Report } from "./schema";

/**
 * The report of a run that has ended.
 * @param truth where the application's secret points now; null where that is not known, or not the run's to say
 */
export function composeReport(
  runId: string,
  execution: Execution,
  results: Results,
  truth: HostName | null,
  now: Date,
): Report {
  const until = execution.endedAt ?? now;
  const { versions, fingerprint, heldJobs, fencedAt, writesSaved, writes, archiving, recovered } = results;
  return reportSchema.parse({
    runId,
    outcome: execution.status === succeeded ? "succeeded" : "failed",
    steps: execution.steps.flatMap((step) =>
      step.startedAt === null
        ? []
        : {
            name: step.name,
            host: step.host,
            status: step.status,
            startedAt: step.startedAt.toISOString(),
            seconds: secondsOf(step, until),
          },
    ),
    versions,
    fingerprint,
    heldJobs,
    truth,
    outage: outageOf(execution, fencedAt, truth),
    acknowledgedRows: null,
    missingRows: null,
    writesSaved,
    writes,
    archiving,
    recovered,
  });
}
