import type { Construct } from "constructs";
import type { Environment } from "../../config/environment";
import { runJobs } from "../parameters";
import { stepDocument } from "../step-document";

// In a rehearsal, where TimescaleDB's own policies run, and what RunJobs names.
const JOBS_SECONDS = 300;

/** Starts TimescaleDB's background workers and sees the jobs that are due succeed. */
export function startWorkers(scope: Construct, environment: Environment) {
  const { jobsSeconds } = environment.cutover;
  return stepDocument(scope, environment, {
    step: "start-workers",
    description:
      "Starts TimescaleDB's background workers on the target and waits until every job that is due has succeeded.",
    side: "target",
    connects: true,
    shared: ["fence"],
    sql: [
      ...["fence/marker.sql", "fence/standing.sql", "fence/open.sql", "fence/schedule-jobs.sql"],
      ...["start-workers.sql", "job-states.sql", "recover/scheduler.sql", "rehearsed-jobs.sql"],
    ],
    parameters: { RunJobs: runJobs },
    constants: { JOBS_SECONDS: String(JOBS_SECONDS), CUTOVER_JOBS_SECONDS: String(jobsSeconds) },
    timeoutSeconds: Math.max(JOBS_SECONDS, jobsSeconds) + environment.timeouts.shortStepSeconds,
  });
}
