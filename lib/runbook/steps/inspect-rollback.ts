import type { Construct } from "constructs";
import type { Environment } from "../../config/environment";
import { applicationSecret } from "../connections";
import { cutoverRunId } from "../cutover-run-id";
import { stepDocument } from "../step-document";

/** Refuses to roll back, or to sign off, what is no cutover that switched, and what was signed off before. */
export function inspectRollback(scope: Construct, environment: Environment) {
  return stepDocument(scope, environment, {
    step: "inspect-rollback",
    description: "Checks that the run named is the one that switched to the target. Changes nothing.",
    side: "target",
    connects: false,
    shared: ["kept-record", "application-secret"],
    parameters: { CutoverRunId: cutoverRunId },
    constants: applicationSecret(environment),
  });
}
