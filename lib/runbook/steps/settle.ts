import type { Construct } from "constructs";
import type { Environment } from "../../config/environment";
import { applicationSecret } from "../connections";
import type { DocumentParameter } from "../../ssm/parameter";
import { stepDocument } from "../step-document";

const truth: DocumentParameter = {
  type: "String",
  description:
    "The side that the secret is to name: source or target. The step fails where it names another.",
  allowedPattern: "^(source|target)$",
};

/** Tells whether a side is the truth: the database that the application's secret names. */
export function settle(scope: Construct, environment: Environment) {
  return stepDocument(scope, environment, {
    step: "settle",
    description: "Tells by the application's secret whether a side is the truth. Changes nothing.",
    side: "target",
    connects: false,
    shared: ["application-secret"],
    parameters: { Truth: truth },
    constants: applicationSecret(environment),
  });
}
