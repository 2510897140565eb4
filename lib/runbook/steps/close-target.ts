import type { Construct } from "constructs";
import type { Environment } from "../../config/environment";
import { applicationSecret } from "../connections";
import { stepDocument } from "../step-document";

// The application waits behind every attempt: one that hangs must make room for the next.
const APPLICATION_WAITS_SECONDS = 60;

/** Closes the database that a run made on the target, so that nobody writes there; what no run made is left alone. */
export function closeTarget(scope: Construct, environment: Environment) {
  return stepDocument(scope, environment, {
    step: "close-target",
    description: "Closes the database that a run made on the target, and ends the sessions in it.",
    side: "target",
    connects: true,
    shared: ["root-directory", "application-secret", "target-marker", "target-in-use"],
    sql: ["stop-workers.sql", "fence/close-target.sql"],
    constants: applicationSecret(environment),
    timeoutSeconds: APPLICATION_WAITS_SECONDS,
  });
}
