import type { Construct } from "constructs";
import type { Environment } from "../../config/environment";
import { stepDocument } from "../step-document";

// In a rehearsal, where only the jobs that are due are waited for.
const JOBS_SECONDS = 300;

/** Starts TimescaleDB's background workers and sees the jobs succeed: in a cutover every one of them. */
export function startWorkers(scope: Construct, environment: Environment) {
  const { jobsSeconds } = environment.cutover;
  return stepDocument(scope, environment, {
    step: "start-workers",
    description:
      "Starts TimescaleDB's background workers on the target and waits until every job has succeeded.",
    side: "target",
    connects: true,
    shared: ["fence"],
    sql: ["fence/marker.sql", "fence/standing.sql", "fence/open.sql", "start-workers.sql", "job-states.sql"],
    constants: { JOBS_SECONDS: String(JOBS_SECONDS), CUTOVER_JOBS_SECONDS: String(jobsSeconds) },
    timeoutSeconds: Math.max(JOBS_SECONDS, jobsSeconds) + environment.timeouts.shortStepSeconds,
  });
}
