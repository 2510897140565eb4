import type { Construct } from "constructs";
import type { Environment } from "../../config/environment";
import { checkDocument } from "../check-document";

/** Preflight's checks of the source and of the dump host. */
export function checkSource(scope: Construct, environment: Environment) {
  return checkDocument(scope, environment, {
    step: "check-source",
    description: "Checks the source for what would spoil the window. Changes nothing.",
    side: "source",
    connects: true,
  });
}
