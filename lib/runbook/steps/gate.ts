import type { Construct } from "constructs";
import type { Environment } from "../../config/environment";
import { applicationSecret } from "../connections";
import { allow } from "../parameters";
import { planConstants } from "../plan-constants";
import { stepDocument } from "../step-document";

/** Refuses a cutover that was not rehearsed, or that would outlast the maintenance window. */
export function gate(scope: Construct, environment: Environment) {
  return stepDocument(scope, environment, {
    step: "gate",
    description: "Refuses a cutover without a rehearsal, or without room in the window. Changes nothing.",
    side: "target",
    connects: false,
    shared: [
      "kept-record",
      "application-secret",
      "secret-fit",
      "secret-labels",
      "secret-password",
      "rehearsal-record",
    ],
    parameters: { Allow: allow },
    constants: { ...applicationSecret(environment), ...planConstants(environment) },
  });
}
