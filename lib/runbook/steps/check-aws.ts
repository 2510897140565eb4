import type { Construct } from "constructs";
import type { Environment } from "../../config/environment";
import { checkDocument } from "../check-document";

/** Preflight's checks of the aws. */
export function checkAws(scope: Construct, environment: Environment) {
  return checkDocument(scope, environment, {
    step: "check-aws",
    description: "Checks the aws for what would spoil the window. Changes nothing.",
    side: "target",
    connects: true,
  });
}
