import type { Construct } from "constructs";
import type { Environment } from "../../config/environment";
import { stepDocument } from "../step-document";

/** Waits until the application's health URLs answer. */
export function checkHealth(scope: Construct, environment: Environment) {
  const { healthUrls, healthSeconds } = environment.application;
  return stepDocument(scope, environment, {
    step: "check-health",
    description: "Waits until every health URL of the application answers 2xx.",
    side: "target",
    connects: false,
    constants: { HEALTH_URLS: healthUrls.join("\n"), HEALTH_SECONDS: String(healthSeconds) },
    timeoutSeconds: healthSeconds + environment.timeouts.shortStepSeconds,
  });
}
