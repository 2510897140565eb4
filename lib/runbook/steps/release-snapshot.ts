import type { Construct } from "constructs";
import type { Environment } from "../../config/environment";
import { stepDocument } from "../step-document";

/** Lets the source's snapshot go. */
export function releaseSnapshot(scope: Construct, environment: Environment) {
  return stepDocument(scope, environment, {
    step: "release-snapshot",
    description: "Lets the source's snapshot go.",
    side: "source",
    connects: false,
  });
}
