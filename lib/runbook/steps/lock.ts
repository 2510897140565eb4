import type { Construct } from "constructs";
import type { Environment } from "../../config/environment";
import { type Owner, stepDocument } from "../step-document";

/** Takes the target's one lock; one that an ended automation left is taken over. */
export function lock(scope: Construct, environment: Environment, owner: Owner = "runbook") {
  return stepDocument(scope, environment, {
    step: "lock",
    owner,
    description: "Takes the target's lock for one run.",
    side: "target",
    connects: false,
    shared: ["root-directory", "automation-status", "lock", "drills"],
  });
}
