import type { Construct } from "constructs";
import type { Environment } from "../../config/environment";
import { stepDocument } from "../step-document";

/** Makes the roles that the database needs. */
export function prepareRoles(scope: Construct, environment: Environment) {
  return stepDocument(scope, environment, {
    step: "prepare-roles",
    description: "Makes the roles that the database needs on the target.",
    side: "target",
    connects: true,
  });
}
