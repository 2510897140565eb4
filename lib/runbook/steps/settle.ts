import type { Construct } from "constructs";
import type { Environment } from "../../config/environment";
import { applicationSecret } from "../connections";
import { stepDocument } from "../step-document";

/** Tells which database is the truth: the one that the application's secret names. */
export function settle(scope: Construct, environment: Environment) {
  return stepDocument(scope, environment, {
    step: "settle",
    description: "Tells by the application's secret which database is the truth. Changes nothing.",
    side: "target",
    connects: false,
    shared: ["application-secret"],
    constants: applicationSecret(environment),
  });
}
