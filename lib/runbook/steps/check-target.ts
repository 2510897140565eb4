import type { Construct } from "constructs";
import type { Environment } from "../../config/environment";
import { checkDocument } from "../check-document";

/** Preflight's checks of the target. */
export function checkTarget(scope: Construct, environment: Environment) {
  return checkDocument(scope, environment, {
    step: "check-target",
    description: "Checks the target for what would spoil the window. Changes nothing.",
    side: "target",
    connects: true,
  });
}
