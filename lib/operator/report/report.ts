import type { Execution } from "../execution";
import { succeeded } from "../status";
import { secondsOf } from "../step";
import type { Results } from "./results";
import { reportSchema, type Report } from "./schema";

/** The report of a run that has ended. */
export function composeReport(runId: string, execution: Execution, results: Results, now: Date): Report {
  const until = execution.endedAt ?? now;
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
    ...results,
  });
}
