import type { Construct } from "constructs";
import type { Environment } from "../../config/environment";
import { stepDocument } from "../step-document";

// The first run of a policy may have days of chunks to work through.
const JOBS_SECONDS = 300;

/** Starts TimescaleDB's background workers and sees every job succeed. */
export function startWorkers(scope: Construct, environment: Environment) {
  return stepDocument(scope, environment, {
    step: "start-workers",
    description:
      "Starts TimescaleDB's background workers on the target and waits until every job has succeeded.",
    side: "target",
    connects: true,
    sql: ["start-workers.sql", "job-states.sql"],
    constants: { JOBS_SECONDS: String(JOBS_SECONDS) },
    timeoutSeconds: JOBS_SECONDS + environment.timeouts.shortStepSeconds,
  });
}
