import type { Construct } from "constructs";
import type { Environment } from "../../config/environment";
import { checkDocument } from "../check-document";

/** Preflight's checks of the plan. */
export function checkPlan(scope: Construct, environment: Environment) {
  return checkDocument(scope, environment, {
    step: "check-plan",
    description: "Checks the plan for what would spoil the window. Changes nothing.",
    side: "target",
    connects: true,
  });
}
